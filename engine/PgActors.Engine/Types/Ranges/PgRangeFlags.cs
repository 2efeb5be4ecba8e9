namespace PgActors;

/// <summary>What a range has, so that nothing at all is the range without bounds.</summary>
[Flags]
internal enum PgRangeFlags : byte
{
    None = 0,
    Empty = 1,
    HasLower = 2,
    HasUpper = 4,
    LowerInclusive = 8,
    UpperInclusive = 16,
}
