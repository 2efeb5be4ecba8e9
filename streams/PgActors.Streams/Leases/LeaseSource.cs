using PgActors.Routing;

namespace PgActors.Leases;

/// <summary>The pool of a database's exclusive sessions, made when the first is wanted: many a program never wants one.</summary>
/// <remarks>Safe for all threads.</remarks>
/// <param name="make">Makes it.</param>
internal sealed class LeaseSource(Func<LeasePool> make)
{
    // Invariant: the pool is made and the end is noted under it, so that a pool that is made later is closed too.
    private readonly Lock _lock = new();
    private LeasePool? _pool;
    private bool _isStopped;

    /// <summary>The pool.</summary>
    public LeasePool Pool => Volatile.Read(in _pool) ?? Make();

    /// <summary>Sessions made and not yet closed. A snapshot.</summary>
    public int Count => Volatile.Read(in _pool)?.Count ?? 0;

    /// <summary>Closes every session and answers everybody who waits.</summary>
    public Task StopAsync()
    {
        LeasePool? pool;
        lock (_lock)
        {
            _isStopped = true;
            pool = _pool;
        }

        return pool?.StopAsync() ?? Task.CompletedTask;
    }

    private LeasePool Make()
    {
        lock (_lock)
        {
            if (_pool is { } there)
                return there;
            var pool = make();
            if (_isStopped)
                pool.Dispose();
            Volatile.Write(ref _pool, pool);
            return pool;
        }
    }
}
