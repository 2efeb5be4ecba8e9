namespace PgActors.Sessions;

/// <summary>
/// When it is worthwhile to look for an answer for a moment instead of waiting for it: while that has gone well. Every miss doubles the number of
/// commands for which it is not tried, so that a distant server, or a slow query, costs next to nothing. As adaptive mutexes do it.
/// </summary>
internal sealed class LingerPolicy
{
    /// <summary>How long at most. A server on the same machine answers a short query within about 30 µs (docs/BENCHMARKS.md, <c>single</c>);
    /// twice that is not worth a thread.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMicroseconds(50);

    /// <summary>Spins between two looks. With 1, 20 and 60 a bare socket that was polled so came out alike.</summary>
    public const int Pause = 20;

    private const int MostSkipped = 1024;

    private int _penalty;
    private int _skips;

    /// <summary>Asked for each command that could be looked for.</summary>
    public bool IsWorthwhile()
    {
        if (_skips == 0)
            return true;
        _skips--;
        return false;
    }

    /// <summary>The answer came in time.</summary>
    public void OnAnswered() => _penalty /= 2;

    /// <summary>It did not.</summary>
    public void OnMissed()
    {
        _penalty = Math.Min((_penalty * 2) + 1, MostSkipped);
        _skips = _penalty;
    }
}
