using System.Collections.Concurrent;
using PgActors.Runtime;

namespace PgActors.Actors.Tests.Runtime;

/// <summary>A dispatcher with a fixed number of threads, which never grows however many of them block.</summary>
internal sealed class FixedPool : Dispatcher, IDisposable
{
    private readonly BlockingCollection<IThreadPoolWorkItem?> _items = [];
    private readonly Thread[] _threads;

    public FixedPool(int threads)
    {
        _threads = [.. Enumerable.Range(0, threads).Select(_ => new Thread(Work) { IsBackground = true })];
        foreach (var thread in _threads) thread.Start();
    }

    public override bool RunsInline => true;

    public bool IsMine => _threads.Contains(Thread.CurrentThread);

    public bool IsThread(int id) => Array.Exists(_threads, thread => thread.ManagedThreadId == id);

    public override void Schedule(IThreadPoolWorkItem item) => _items.Add(item);

    public override void ScheduleLocal(IThreadPoolWorkItem item) => _items.Add(item);

    /// <summary>Ends its threads. What comes later, from an actor whose last turn is not over, is never run.</summary>
    public void Dispose()
    {
        foreach (var _ in _threads) _items.Add(null);
    }

    private void Work()
    {
        while (_items.Take() is { } item) item.Execute();
    }
}
