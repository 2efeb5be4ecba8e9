namespace PgActors.Testing;

/// <summary>What a read from a client found.</summary>
internal enum FrontendReadKind
{
    /// <summary>A whole message.</summary>
    Message,

    /// <summary>A frame whose body is not what its type says. The next frame can still be read.</summary>
    Malformed,

    /// <summary>Bytes that begin no message of the phase. Nothing behind them can be trusted.</summary>
    Violation,

    /// <summary>The client ended its direction.</summary>
    End,
}
