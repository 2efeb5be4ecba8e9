namespace PgActors.Sessions;

/// <summary>Where the delivery of rows stands. Two independent things are waited for: the transport's next bytes and the consumer's
/// credit.</summary>
public enum RowPumpState : byte
{
    /// <summary>A receive is under way and the consumer has credit.</summary>
    AwaitingRows,

    /// <summary>The consumer has credit; the bytes at hand are still being worked off, then a receive may begin.</summary>
    AwaitingRead,

    /// <summary>The bytes at hand are worked off and a receive could begin, but the consumer is behind.</summary>
    AwaitingDemand,

    /// <summary>The bytes at hand are still being worked off, and the consumer is behind.</summary>
    AwaitingReadOrDemand,
}
