namespace PgActors.Protocol;

/// <summary>The bounds of a cancel key (PostgreSQL documentation, "BackendKeyData" and "CancelRequest").</summary>
public static class CancelKey
{
    /// <summary>Bytes of a key in protocol 3.0, and the fewest a server may give in 3.2.</summary>
    public const int MinLength = 4;

    /// <summary>The most bytes a key may have in protocol 3.2.</summary>
    public const int MaxLength = 256;
}
