namespace PgActors.Runtime;

/// <summary>Who may run a mailbox. Exactly one thread leaves an idle state, by compare-and-swap, and that one owns the next turn.</summary>
internal enum MailboxState
{
    /// <summary>Nobody runs it; any message wakes it. Set by the end of a turn.</summary>
    Idle,

    /// <summary>Nobody runs it and the owner accepts no work; only control wakes it. Set by the end of a turn.</summary>
    IdleShut,

    /// <summary>The dispatcher has it, once. Set by a post or by the end of a turn; left by the turn's beginning.</summary>
    Scheduled,

    /// <summary>A turn runs. A post only enqueues: the turn's end looks again.</summary>
    Running,
}
