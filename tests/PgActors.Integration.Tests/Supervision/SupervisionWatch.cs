using PgActors.Runtime;

namespace PgActors.Integration.Tests.Supervision;

/// <summary>What a database's supervisor has decided since it was watched.</summary>
internal sealed class SupervisionWatch : IObserver<PgEvent>, IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<SupervisionEvent> _decisions = [];
    private readonly HashSet<string> _starting = [];
    private readonly IDisposable _subscription;
    private int _mostStarting;

    public SupervisionWatch(PgDatabase db) => _subscription = db.Events.Subscribe(this);

    public IReadOnlyList<SupervisionEvent> Decisions
    {
        get
        {
            lock (_lock)
                return [.. _decisions];
        }
    }

    public int MostStarting
    {
        get
        {
            lock (_lock)
                return _mostStarting;
        }
    }

    public int Count(SupervisionEventKind kind) => Decisions.Count(decision => decision.Kind == kind);

    public void OnNext(PgEvent value)
    {
        if (value is not PgSupervisionEvent { Decision: var decision })
            return;
        lock (_lock)
        {
            _decisions.Add(decision);
            if (decision.Kind == SupervisionEventKind.Starting)
                _starting.Add(decision.Child);
            else if (decision.Kind is SupervisionEventKind.Started or SupervisionEventKind.Restarted or SupervisionEventKind.Failed)
                _starting.Remove(decision.Child);
            _mostStarting = Math.Max(_mostStarting, _starting.Count);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => _subscription.Dispose();
}
