namespace PgActors.Sessions;

/// <summary>Where a session's cancel stands.</summary>
public enum CancelGateState : byte
{
    /// <summary>No cancel is under way; commands may be sent.</summary>
    Open,

    /// <summary>The cancel's own socket is open, and the target's ReadyForQuery has not arrived.</summary>
    AwaitingBoth,

    /// <summary>The cancel's socket has ended; the target's ReadyForQuery is missing.</summary>
    AwaitingReady,

    /// <summary>The target has ended; the cancel's socket has not, so the signal may still be on its way.</summary>
    AwaitingSocketEnd,
}
