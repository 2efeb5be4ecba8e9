namespace PgActors.Sessions;

/// <summary>Whether a session that has nothing to do hears its server.</summary>
internal enum RestPhase : byte
{
    /// <summary>Something is under way, or a receive is.</summary>
    Busy,

    /// <summary>All is answered and nothing is armed: the next command is expected any moment. Leaves to Busy with a command, to Listening after a
    /// while.</summary>
    Resting,

    /// <summary>All is answered, and a receive without a buffer waits for what the server says by itself. Leaves to Busy.</summary>
    Listening,
}
