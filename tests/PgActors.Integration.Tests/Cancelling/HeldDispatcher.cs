using PgActors.Runtime;

namespace PgActors.Integration.Tests.Cancelling;

/// <summary>The thread pool, but for the times when the test holds everything back.</summary>
internal sealed class HeldDispatcher : Dispatcher
{
    private readonly Lock _lock = new();
    private readonly Queue<IThreadPoolWorkItem> _held = new();
    private bool _holds;

    public override bool RunsInline
    {
        get
        {
            lock (_lock)
                return !_holds;
        }
    }

    public int HeldCount
    {
        get
        {
            lock (_lock)
                return _held.Count;
        }
    }

    public override void Schedule(IThreadPoolWorkItem item)
    {
        lock (_lock)
        {
            if (_holds)
                _held.Enqueue(item);
            else
                ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
        }
    }

    public override void ScheduleLocal(IThreadPoolWorkItem item) => Schedule(item);

    public void Hold()
    {
        lock (_lock)
            _holds = true;
    }

    /// <summary>Runs, here, the item that is held longest, as soon as there is one.</summary>
    public void RunNext()
    {
        IThreadPoolWorkItem? item = null;
        Assert.True(SpinWait.SpinUntil(() => TryTake(out item), TimeSpan.FromSeconds(30)));
        item!.Execute();
    }

    public void Release()
    {
        lock (_lock)
        {
            _holds = false;
            while (_held.TryDequeue(out var item))
                ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
        }
    }

    private bool TryTake(out IThreadPoolWorkItem? item)
    {
        lock (_lock)
            return _held.TryDequeue(out item);
    }
}
