using System.Collections.Concurrent;
using PgActors.Runtime;

namespace PgActors.Integration.Tests.Cancelling;

/// <summary>The thread pool, but for the times when the test holds everything back.</summary>
internal sealed class HeldDispatcher : Dispatcher
{
    private readonly ConcurrentQueue<IThreadPoolWorkItem> _held = new();
    private volatile bool _holds;

    public override bool RunsInline => true;

    public int HeldCount => _held.Count;

    public override void Schedule(IThreadPoolWorkItem item)
    {
        if (_holds)
            _held.Enqueue(item);
        else
            ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
    }

    public override void ScheduleLocal(IThreadPoolWorkItem item) => Schedule(item);

    public void Hold() => _holds = true;

    public void Release()
    {
        _holds = false;
        while (_held.TryDequeue(out var item))
            Schedule(item);
    }
}
