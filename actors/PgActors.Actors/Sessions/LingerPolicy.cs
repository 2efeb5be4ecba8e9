namespace PgActors.Sessions;

/// <summary>
/// When it is worthwhile to look for an answer for a moment instead of waiting for it: while that has gone well. Every miss doubles the number of
/// commands for which it is not tried, so that a distant server, or a slow query, costs next to nothing. As adaptive mutexes do it.
/// </summary>
internal sealed class LingerPolicy
{
    // A server on the same machine answers a short query within about 30 µs, and a hundred in a batch within 300 (docs/BENCHMARKS.md, single
    // and batch-100); but its process has been asleep, and is not always woken at once. With 50 µs a lone caller's median was 31 µs and its mean
    // 56: each miss costs a wait in the system, and others their look. With 100 µs its rate was 1.1 to 1.4 × Npgsql's instead of 0.8 to 1.0, with
    // 200 1.3 to 1.4; but of 1.4 to 1.8 × with four callers, who want both processors, 1.4 were left with 100 and 1.0 with 200.
    private static readonly TimeSpan First = TimeSpan.FromMicroseconds(100);
    private static readonly TimeSpan Further = TimeSpan.FromMicroseconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(1);

    /// <summary>Spins between two looks. With 1, 20 and 60 a bare socket that was polled so came out alike.</summary>
    public const int Pause = 20;

    /// <summary>Milliseconds that a thread sleeps at most where it would look for too long: the least that the system's calls can say.</summary>
    public const int LongestSleep = 1;

    private const int MostSkipped = 1024;

    private int _penalty;
    private int _skips;

    /// <summary>How long at most.</summary>
    /// <param name="commands">Those whose answers are to come, at least one.</param>
    public static TimeSpan TimeFor(int commands)
    {
        var time = First + ((commands - 1) * Further);
        return time < Longest ? time : Longest;
    }

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
