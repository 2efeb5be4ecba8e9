namespace PgActors.Types;

/// <summary>Dates, times, points in time and intervals.</summary>
internal static class DateTimeTypes
{
    internal static PgTypeMapping[] All =>
    [
        PgTypeMapping.Value(DateCodec.Instance, PgTypeOid.Date, PgTypeOid.DateArray),
        PgTypeMapping.Value(TimeCodec.Instance, PgTypeOid.Time, PgTypeOid.TimeArray),
        PgTypeMapping.Value(TimestampCodec.Instance, PgTypeOid.Timestamp, PgTypeOid.TimestampArray),
        PgTypeMapping.Value(TimestampTzCodec.Instance, PgTypeOid.TimestampTz, PgTypeOid.TimestampTzArray),
        PgTypeMapping.Value(TimestampTzOffsetCodec.Instance, PgTypeOid.TimestampTz, PgTypeOid.TimestampTzArray),
        PgTypeMapping.Value(IntervalCodec.Instance, PgTypeOid.Interval, PgTypeOid.IntervalArray),
    ];
}
