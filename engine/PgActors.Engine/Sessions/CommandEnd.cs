namespace PgActors.Sessions;

/// <summary>How a command ended. Every command ends in exactly one of these.</summary>
public enum CommandEnd : byte
{
    /// <summary>The server completed it, and committed where it was its own transaction.</summary>
    Succeeded,

    /// <summary>The server reported an error for it.</summary>
    Failed,

    /// <summary>A command before it, under the same Sync, failed; it was never run.</summary>
    Skipped,

    /// <summary>A command behind it, under the same Sync, failed; what it did was undone, unless one of them could commit on its
    /// way. Or the session ended before that Sync was handed to the transport, and with it what it did.</summary>
    RolledBack,

    /// <summary>A cancel meant for its neighbour hit it, or one of its group; it was undone with all of its group, nobody saw any of it,
    /// and the group may run again. A command for which that cannot be said is <see cref="Failed"/>.</summary>
    HitByCancel,

    /// <summary>The session ended before a byte of it was handed to the transport.</summary>
    NotSent,

    /// <summary>The session ended, and the server never began it: it reported a fatal error for a command before.</summary>
    NeverRun,

    /// <summary>The session ended after it was sent and before its end was known.</summary>
    Lost,

    /// <summary>Its portal was ended before the last row, without an error: the consumer left or cancelled while the server waited for the
    /// next fetch. What it did up to there is kept, and there is no tag.</summary>
    StoppedEarly,
}
