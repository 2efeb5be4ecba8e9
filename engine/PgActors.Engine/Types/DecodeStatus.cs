namespace PgActors.Types;

/// <summary>What became of reading one value.</summary>
public enum DecodeStatus
{
    /// <summary>The value was read.</summary>
    Ok,

    /// <summary>The bytes are not a value of the type: too short, too long, or with something inside that cannot be.</summary>
    Malformed,

    /// <summary>A good value of the PostgreSQL type that the .NET type cannot hold, such as an infinite date.</summary>
    OutOfRange,
}
