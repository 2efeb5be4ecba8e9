namespace PgActors.Runtime;

/// <summary>The kinds of <see cref="SupervisorMessage{TKey}"/>.</summary>
internal enum SupervisorMessageKind
{
    /// <summary>Supervise a child.</summary>
    Add,

    /// <summary>Supervise a child that runs already.</summary>
    Adopt,

    /// <summary>Stop a child and forget it.</summary>
    Remove,

    /// <summary>A child runs.</summary>
    Started,

    /// <summary>A child ended by itself.</summary>
    Failed,

    /// <summary>A child ended on purpose.</summary>
    Stopped,

    /// <summary>Stop all.</summary>
    StopAll,

    /// <summary>The timer fired.</summary>
    Timer,
}
