namespace PgActors.Runtime;

/// <summary>The timers of one actor, one per name. Each is a <see cref="TimerSlot"/>, made when it is first armed.</summary>
/// <typeparam name="TKey">The names of the timers.</typeparam>
/// <remarks>All members belong inside the owner's turns; only the signal comes from the clock's thread.</remarks>
public sealed class ActorTimers<TKey> : IDisposable
    where TKey : struct, Enum
{
    private readonly Dictionary<TKey, TimerSlot> _slots = [];
    private readonly TimeProvider _time;
    private readonly Action<TimerSignal<TKey>> _fired;

    /// <summary>Makes timers that are not armed.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="fired">Posts the signal to the owner's mailbox, as control. Called on the clock's thread.</param>
    public ActorTimers(TimeProvider time, Action<TimerSignal<TKey>> fired)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(fired);
        _time = time;
        _fired = fired;
    }

    /// <summary>Arms a timer, or moves it if it is armed: it fires once, <paramref name="due"/> from now.</summary>
    /// <param name="key">Which timer.</param>
    /// <param name="due">Zero or less fires as soon as possible; there is no upper bound.</param>
    public void Arm(TKey key, TimeSpan due)
    {
        if (!_slots.TryGetValue(key, out var slot))
        {
            slot = new TimerSlot(_time, generation => _fired(new TimerSignal<TKey>(key, generation)));
            _slots.Add(key, slot);
        }

        slot.Arm(due);
    }

    /// <summary>Disarms a timer. A firing under way is refused by <see cref="Accept"/>.</summary>
    public void Cancel(TKey key)
    {
        if (_slots.TryGetValue(key, out var slot)) slot.Cancel();
    }

    /// <summary>Disarms a timer that will hardly be armed again, and holds nothing for it any more.</summary>
    public void Discard(TKey key)
    {
        if (_slots.Remove(key, out var slot)) slot.Dispose();
    }

    /// <summary>Disarms all timers.</summary>
    public void CancelAll()
    {
        foreach (var slot in _slots.Values) slot.Cancel();
    }

    /// <summary>True from <see cref="Arm"/> until the firing is accepted or cancelled.</summary>
    public bool IsArmed(TKey key) => _slots.TryGetValue(key, out var slot) && slot.IsArmed;

    /// <summary>Decides, in the owner's turn, about a signal.</summary>
    /// <returns>True: the timer is due, and now disarmed. False: the firing is stale and to be ignored.</returns>
    public bool Accept(TimerSignal<TKey> signal) => _slots.TryGetValue(signal.Key, out var slot) && slot.Accept(signal.Generation);

    /// <summary>Disarms all timers for good.</summary>
    public void Dispose()
    {
        foreach (var slot in _slots.Values) slot.Dispose();
    }
}
