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

    /// <summary>Those whose text depends on DateStyle, as a session of another than ISO prints them.</summary>
    internal static PgTypeMapping[] In(DateTextStyle style) =>
    [
        Styled(DateCodec.Instance, style, PgTypeOid.Date, PgTypeOid.DateArray),
        Styled(PgDateCodec.Instance, style, PgTypeOid.Date, PgTypeOid.DateArray),
        Styled(TimestampCodec.Instance, style, PgTypeOid.Timestamp, PgTypeOid.TimestampArray),
        Styled(PgTimestampCodec.Instance, style, PgTypeOid.Timestamp, PgTypeOid.TimestampArray),
        Styled(TimestampTzCodec.Instance, style, PgTypeOid.TimestampTz, PgTypeOid.TimestampTzArray),
        Styled(TimestampTzOffsetCodec.Instance, style, PgTypeOid.TimestampTz, PgTypeOid.TimestampTzArray),
        Styled(PgTimestampTzCodec.Instance, style, PgTypeOid.TimestampTz, PgTypeOid.TimestampTzArray),
    ];

    private static PgTypeMapping Styled<T>(PgCodec<T> codec, DateTextStyle style, uint oid, uint arrayOid)
        where T : struct
        => PgTypeMapping.Value(new StyledCodec<T>(codec, style), oid, arrayOid, PgTypeUse.Read);
}
