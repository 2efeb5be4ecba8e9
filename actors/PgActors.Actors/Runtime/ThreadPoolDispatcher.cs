namespace PgActors.Runtime;

/// <summary>The dispatcher of production: the process's thread pool, with its global queue and its workers' local ones.</summary>
/// <remarks>
/// The pool's local queues are last in, first out for their own worker and first in, first out for those who steal. A blocked worker's
/// local queue is stolen empty by others, and the pool adds threads while workers block, so blocking user code slows but never stops us.
/// What sockets have received goes before everything that is scheduled.
/// </remarks>
public sealed class ThreadPoolDispatcher : Dispatcher
{
    // Invariant: 1 while a worker blocks with leave; whoever changes it from 0 changes it back.
    private int _blocking;

    private ThreadPoolDispatcher()
    {
    }

    /// <summary>The one instance, as there is one pool.</summary>
    public static ThreadPoolDispatcher Instance { get; } = new();

    /// <summary>The processor that the calling thread runs on now.</summary>
    public override int Lane => Thread.GetCurrentProcessorId();

    /// <inheritdoc />
    public override bool RunsInline => true;

    /// <inheritdoc />
    public override bool HasBacklog => ThreadPool.PendingWorkItemCount > 0;

    /// <inheritdoc />
    public override bool HasTimeToSpare => Environment.ProcessorCount > 1 && !HasBacklog;

    /// <summary>A worker may block while another is there for what comes. A thread that is not the pool's is somebody's only one.</summary>
    public override bool TryBeginBlocking() =>
        Thread.CurrentThread.IsThreadPoolThread && HasTimeToSpare && Interlocked.CompareExchange(ref _blocking, 1, 0) == 0;

    /// <inheritdoc />
    public override void EndBlocking() => Volatile.Write(ref _blocking, 0);

#pragma warning disable RS0030 // This is the door that the ban on the thread pool points to.
    /// <inheritdoc />
    public override void Schedule(IThreadPoolWorkItem item) => ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);

    /// <inheritdoc />
    public override void ScheduleLocal(IThreadPoolWorkItem item) => ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: true);
#pragma warning restore RS0030
}
