namespace PgActors.Runtime;

/// <summary>
/// Where actors' work runs. Everything that is to run later, a mailbox's turn or a completion, goes through one of these, so that a
/// simulation can replace the thread pool and replay a run.
/// </summary>
/// <remarks>
/// Items run without an execution context of the one who scheduled them. Every member may be called from any thread, and none of them
/// may run the item before it returns.
/// </remarks>
public abstract class Dispatcher
{
    /// <summary>
    /// May the thread that posts to an idle mailbox run its turn itself? True saves an uncontended command a thread hop; false makes
    /// every turn a step of its own, which a simulation can reorder.
    /// </summary>
    public abstract bool RunsInline { get; }

    /// <summary>A number that stays the same for callers who run near each other: they are sent to the same session first, whose data is
    /// warm there. A simulation answers the same every time.</summary>
    public virtual int Lane => 0;

    /// <summary>Whether something that is scheduled waits for a worker now. Whoever runs then without having been scheduled, such as the answer
    /// to a receive, has gone before it. A simulation lets nobody go before others.</summary>
    public virtual bool HasBacklog => false;

    /// <summary>Whether a thread may wait for some microseconds without giving up its processor: there are others, and nothing that is scheduled
    /// waits for one. A simulation has no such time to spend.</summary>
    public virtual bool HasTimeToSpare => false;

    /// <summary>Asks for leave to block the calling thread for some milliseconds, as a wait in the kernel does. It is given to one thread at a
    /// time, and only where that is nobody's loss: others are there to take up what is scheduled, and nothing is. A simulation never gives
    /// it.</summary>
    /// <returns>Whether it is given; then <see cref="EndBlocking"/> is due, and <see cref="HasTimeToSpare"/> says when it should come
    /// sooner.</returns>
    public virtual bool TryBeginBlocking() => false;

    /// <summary>Gives the leave back.</summary>
    public virtual void EndBlocking()
    {
    }

    /// <summary>Runs the item behind whatever waits already: the fair way, for work that has just had its share.</summary>
    /// <param name="item">What to run, once.</param>
    public abstract void Schedule(IThreadPoolWorkItem item);

    /// <summary>
    /// Runs the item soon, on the current worker if that gets there first: its data is warm there. Others may take it over.
    /// </summary>
    /// <param name="item">What to run, once.</param>
    public abstract void ScheduleLocal(IThreadPoolWorkItem item);
}
