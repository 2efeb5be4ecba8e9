namespace PgActors.Testing;

/// <summary>How a <see cref="FaultProxy"/> ends a connection.</summary>
public enum FaultCut
{
    /// <summary>
    /// In good order (FIN) on both sides: all forwarded bytes arrive, then the end of the stream. What the peers still send is swallowed.
    /// </summary>
    Close,

    /// <summary>By a reset (RST) on both sides: the peers' next read or write fails.</summary>
    Reset,
}
