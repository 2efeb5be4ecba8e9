using PgActors.Runtime;

namespace PgActors.Streams.Tests.Events;

/// <summary>Runs what was scheduled when the test says so, in order.</summary>
internal sealed class ManualDispatcher : Dispatcher
{
    private readonly Queue<IThreadPoolWorkItem> _waiting = new();

    public override bool RunsInline => false;

    public int Waiting => _waiting.Count;

    public override void Schedule(IThreadPoolWorkItem item) => _waiting.Enqueue(item);

    public override void ScheduleLocal(IThreadPoolWorkItem item) => Schedule(item);

    public void RunAll()
    {
        while (_waiting.TryDequeue(out var item))
            item.Execute();
    }
}
