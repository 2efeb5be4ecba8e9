namespace PgActors.Runtime;

/// <summary>The dispatcher of production: the process's thread pool, with its global queue and its workers' local ones.</summary>
/// <remarks>
/// The pool's local queues are last in, first out for their own worker and first in, first out for those who steal. A blocked worker's
/// local queue is stolen empty by others, and the pool adds threads while workers block, so blocking user code slows but never stops us.
/// What sockets have received goes before everything that is scheduled.
/// </remarks>
public sealed class ThreadPoolDispatcher : Dispatcher
{
    private ThreadPoolDispatcher()
    {
    }

    /// <summary>The one instance; it has no state of its own.</summary>
    public static ThreadPoolDispatcher Instance { get; } = new();

    /// <summary>The processor that the calling thread runs on now.</summary>
    public override int Lane => Thread.GetCurrentProcessorId();

    /// <inheritdoc />
    public override bool RunsInline => true;

    /// <inheritdoc />
    public override bool HasBacklog => ThreadPool.PendingWorkItemCount > 0;

    /// <inheritdoc />
    public override bool HasTimeToSpare => Environment.ProcessorCount > 1 && !HasBacklog;

#pragma warning disable RS0030 // This is the door that the ban on the thread pool points to.
    /// <inheritdoc />
    public override void Schedule(IThreadPoolWorkItem item) => ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);

    /// <inheritdoc />
    public override void ScheduleLocal(IThreadPoolWorkItem item) => ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: true);
#pragma warning restore RS0030
}
