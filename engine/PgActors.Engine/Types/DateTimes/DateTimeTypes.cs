namespace PgActors.Types;

/// <summary>Dates, times, points in time and intervals.</summary>
internal static class DateTimeTypes
{
    private const PgTypeUse ReadAndWrite = PgTypeUse.Read | PgTypeUse.Write;

    internal static PgTypeMapping[] All =>
    [
        PgTypeMapping.Value(DateCodec.Instance, PgTypeOid.Date, PgTypeOid.DateArray),
        PgTypeMapping.Value(PgDateCodec.Instance, PgTypeOid.Date, PgTypeOid.DateArray),
        PgTypeMapping.Value(TimeCodec.Instance, PgTypeOid.Time, PgTypeOid.TimeArray),
        PgTypeMapping.Value(TimeSpanTimeCodec.Instance, PgTypeOid.Time, PgTypeOid.TimeArray, ReadAndWrite),
        PgTypeMapping.Value(TimeTzCodec.Instance, PgTypeOid.TimeTz, PgTypeOid.TimeTzArray),
        PgTypeMapping.Value(TimestampCodec.Instance, PgTypeOid.Timestamp, PgTypeOid.TimestampArray),
        PgTypeMapping.Value(PgTimestampCodec.Instance, PgTypeOid.Timestamp, PgTypeOid.TimestampArray),
        PgTypeMapping.Value(TimestampTzCodec.Instance, PgTypeOid.TimestampTz, PgTypeOid.TimestampTzArray),
        PgTypeMapping.Value(TimestampTzOffsetCodec.Instance, PgTypeOid.TimestampTz, PgTypeOid.TimestampTzArray),
        PgTypeMapping.Value(PgTimestampTzCodec.Instance, PgTypeOid.TimestampTz, PgTypeOid.TimestampTzArray),
        PgTypeMapping.Value(IntervalCodec.Instance, PgTypeOid.Interval, PgTypeOid.IntervalArray),
        PgTypeMapping.Value(PgIntervalCodec.Instance, PgTypeOid.Interval, PgTypeOid.IntervalArray),
    ];
}
