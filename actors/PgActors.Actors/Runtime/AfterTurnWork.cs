namespace PgActors.Runtime;

/// <summary>
/// A completion: code that a turn caused but must not run, because it leads to user code. It is its own list node and its own work item,
/// so that completing allocates nothing.
/// </summary>
/// <remarks>One use at a time: an item may be handed to a mailbox again once <see cref="Execute"/> has been entered.</remarks>
public abstract class AfterTurnWork : IThreadPoolWorkItem
{
    internal AfterTurnWork? Next { get; set; }

    /// <summary>
    /// True when its turn completed several. Commands that a burst of continuations posts then gather in the mailbox and share one turn,
    /// and one write, instead of each running a turn of its own.
    /// </summary>
    internal bool InBurst { get; set; }

    /// <summary>Completes. May run user code and may block; should not throw, for nobody is there to catch.</summary>
    public abstract void Execute();

    void IThreadPoolWorkItem.Execute()
    {
        var burst = InBurst;
        InBurst = false;
        if (!burst)
        {
            Execute();
            return;
        }

        var before = ThreadRole.Current;
        ThreadRole.Current = ThreadRole.Kind.Completing;
        try
        {
            Execute();
        }
        finally
        {
            ThreadRole.Current = before;
        }
    }
}
