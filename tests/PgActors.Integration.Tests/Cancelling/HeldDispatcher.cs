using System.Collections.Concurrent;
using PgActors.Runtime;

namespace PgActors.Integration.Tests.Cancelling;

/// <summary>The thread pool, but for the times when the test holds everything back.</summary>
internal sealed class HeldDispatcher : Dispatcher
{
    private readonly ConcurrentQueue<IThreadPoolWorkItem> _held = new();
    private volatile bool _holds;

    public override bool RunsInline => !_holds;

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

    /// <summary>Runs, here, the item that is held longest, as soon as there is one.</summary>
    public void RunNext()
    {
        IThreadPoolWorkItem? item = null;
        Assert.True(SpinWait.SpinUntil(() => _held.TryDequeue(out item), TimeSpan.FromSeconds(30)));
        item!.Execute();
    }

    public void Release()
    {
        _holds = false;
        while (_held.TryDequeue(out var item))
            Schedule(item);
    }
}
