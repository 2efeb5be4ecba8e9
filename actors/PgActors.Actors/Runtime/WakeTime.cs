namespace PgActors.Runtime;

/// <summary>
/// When an actor will look at what is posted to it without being told. It spares posters a message each: they tell only an actor that would
/// look too late.
/// </summary>
/// <remarks>Invariant: a poster enqueues, which is a full fence, and then reads; the actor clears, with a full fence, and then looks. So
/// either the poster sees that nobody will look, or the actor sees what was posted.</remarks>
internal struct WakeTime
{
    // By the runtime's clock; 0: never.
    private long _at;

    /// <summary>Whether it will look at that time at the latest.</summary>
    public readonly bool IsBy(long time) => Volatile.Read(in _at) is > 0 and var at && at <= time;

    /// <summary>Inside the actor's turn: it will look then.</summary>
    public void Set(long time) => Volatile.Write(ref _at, time);

    /// <summary>Inside the actor's turn: it will not look again after what it looks at next.</summary>
    public void Clear()
    {
        Volatile.Write(ref _at, 0);
        Interlocked.MemoryBarrier();
    }
}
