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
    /// True when its turn completed several, or when others wait for a worker. Commands that it posts then gather in the mailbox, behind
    /// whatever waits: those of a burst share one turn, and one write, instead of each running a turn of its own; and those of a caller who is
    /// answered out of turn, because the pool prefers what sockets have received, do not keep on going before the turns that wait.
    /// </summary>
    internal bool PostsBehind { get; set; }

    /// <summary>Completes. May run user code and may block; should not throw, for nobody is there to catch.</summary>
    public abstract void Execute();

    /// <summary>Completes here and now if nobody waits for that yet, so that it leads to no code of anybody's: it is then spared a work item of its
    /// own. Called instead of <see cref="Execute"/>, when the turn is over.</summary>
    /// <returns>False if somebody waits, or may: then nothing has happened.</returns>
    internal virtual bool TryCompleteUnawaited() => false;

    /// <summary>Runs it on this thread; what it posts comes behind those who wait for a worker, if any do.</summary>
    internal void ExecuteHere(Dispatcher dispatcher)
    {
        PostsBehind = dispatcher.HasBacklog;
        ((IThreadPoolWorkItem)this).Execute();
    }

    void IThreadPoolWorkItem.Execute()
    {
        var behind = PostsBehind;
        PostsBehind = false;
        if (!behind)
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
