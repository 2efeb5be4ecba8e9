using System.Diagnostics.CodeAnalysis;

namespace PgActors.Runtime;

/// <summary>Carries out what the supervisor's machine decides: calls the children, keeps the timer, publishes the events.</summary>
[SuppressMessage("Design", "CA1001", Justification = "An actor ends in a turn of its own: stopping all disposes of the timer.")]
internal sealed class SupervisorActor<TKey> : IMailboxOwner<SupervisorMessage<TKey>, NoWork>
    where TKey : notnull
{
    private readonly Dictionary<TKey, ISupervisedChild> _children = [];
    private readonly SupervisorMachine<TKey> _machine;
    private readonly SupervisionPublisher? _publisher;
    private readonly SupervisorOptions _options;
    private readonly ActorRuntime _runtime;
    private readonly TimerSlot _timer;
    private readonly DateTimeOffset _epoch;
    private readonly long _start;

    public SupervisorActor(ActorRuntime runtime, SupervisorOptions options, SupervisionPublisher? publisher)
    {
        _runtime = runtime;
        _options = options;
        _publisher = publisher;
        _machine = new SupervisorMachine<TKey>(options.MaxConcurrentStarts);
        _epoch = runtime.Time.GetUtcNow();
        _start = runtime.Time.GetTimestamp();
        Mailbox = new Mailbox<SupervisorMessage<TKey>, NoWork>(runtime, this, MailboxBounds.Default);
        _timer = new TimerSlot(
            runtime.Time,
            generation => Mailbox.PostControl(new(SupervisorMessageKind.Timer, Generation: generation), origin: PostOrigin.Worker));
    }

    public Mailbox<SupervisorMessage<TKey>, NoWork> Mailbox { get; }

    public bool AcceptsWork => true;

    // The wall clock may be set back; the windows and delays of the machine must not notice.
    private DateTimeOffset Now => _epoch + _runtime.Time.GetElapsedTime(_start);

    public void OnControl(in SupervisorMessage<TKey> message)
    {
        var now = Now;
        var key = message.Key!;
        var effects = message.Kind switch
        {
            SupervisorMessageKind.Add => Add(message, now),
            SupervisorMessageKind.Adopt => Adopt(message, now),
            SupervisorMessageKind.Remove => _machine.OnRemoved(key, now, message.Reason),
            SupervisorMessageKind.Started => _machine.OnStarted(key, now),
            SupervisorMessageKind.Failed => _machine.OnFailed(key, message.Text!, now, _runtime.Random.NextDouble()),
            SupervisorMessageKind.Stopped => _machine.OnStopped(key, now),
            SupervisorMessageKind.StopAll => _machine.OnStop(now),
            SupervisorMessageKind.Timer => _timer.Accept(message.Generation) ? _machine.OnTimer(now) : [],
        };
        foreach (var effect in effects) Apply(effect, now);

        // Nothing waits for a time from then on.
        if (message.Kind is SupervisorMessageKind.StopAll) _timer.Dispose();
    }

    public void OnWork(NoWork message)
    {
    }

    public void OnTurnEnding()
    {
    }

    // Children are called under guards of their own; nothing else here calls foreign code, so this would be a defect of the machine.
    public void OnFault(Exception exception) => throw new InvalidOperationException("The supervisor failed.", exception);

    private IReadOnlyList<SupervisorEffect<TKey>> Adopt(in SupervisorMessage<TKey> message, DateTimeOffset now)
    {
        _children.Add(message.Key!, message.Child!);
        return _machine.OnAdopted(message.Key!, message.Text!, _options.PolicyOf(message.Text!), now);
    }

    private IReadOnlyList<SupervisorEffect<TKey>> Add(in SupervisorMessage<TKey> message, DateTimeOffset now)
    {
        if (_children.TryAdd(message.Key!, message.Child!))
        {
            return _machine.OnAdded(message.Key!, message.Text!, message.Policy ?? _options.PolicyOf(message.Text!), now, message.Reason);
        }

        _publisher?.Publish(new SupervisionEvent(message.Text!, SupervisionEventKind.Stopped, 0, now, "The key is in use."));
        return [];
    }

    private void Apply(in SupervisorEffect<TKey> effect, DateTimeOffset now)
    {
        switch (effect.Kind)
        {
            case SupervisorEffectKind.StartChild:
                Start(effect.Key!);
                break;
            case SupervisorEffectKind.StopChild:
                Stop(effect.Key!);
                break;
            case SupervisorEffectKind.ForgetChild:
                _children.Remove(effect.Key!);
                break;
            case SupervisorEffectKind.ArmTimer:
                _timer.Arm(effect.At - now);
                break;
            case SupervisorEffectKind.CancelTimer:
                _timer.Cancel();
                break;
            case SupervisorEffectKind.Publish:
                _publisher?.Publish(effect.Event!);
                break;
        }
    }

    private void Start(TKey key)
    {
        try
        {
            _children[key].Start();
        }
        catch (Exception exception)
        {
            Mailbox.PostControl(new(SupervisorMessageKind.Failed, key, Text: exception.Message));
        }
    }

    private void Stop(TKey key)
    {
        try
        {
            _children[key].Stop();
        }
        catch (Exception)
        {
            Mailbox.PostControl(new(SupervisorMessageKind.Stopped, key));
        }
    }
}
