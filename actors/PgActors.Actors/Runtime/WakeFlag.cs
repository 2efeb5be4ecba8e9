namespace PgActors.Runtime;

/// <summary>
/// Says whether an actor will look at what is posted to it without being told. It spares posters a message each: they tell only an actor
/// whose flag is off.
/// </summary>
/// <remarks>Invariant: a poster enqueues, which is a full fence, and then reads; the actor clears, with a full fence, and then looks. So
/// either the poster sees the flag off, or the actor sees what was posted.</remarks>
internal struct WakeFlag
{
    private bool _isOn;

    public readonly bool IsOn => Volatile.Read(in _isOn);

    /// <summary>Inside the actor's turn: it will look.</summary>
    public void Set() => Volatile.Write(ref _isOn, true);

    /// <summary>Inside the actor's turn: it will not look again after what it looks at next.</summary>
    public void Clear()
    {
        Volatile.Write(ref _isOn, false);
        Interlocked.MemoryBarrier();
    }
}
