namespace PgActors.Runtime;

/// <summary>Counts restarts in a sliding window. Pure: time is an argument. Not thread-safe.</summary>
public sealed class RestartIntensity
{
    private readonly Queue<DateTimeOffset> _restarts = new();
    private readonly int _max;
    private readonly TimeSpan _window;

    /// <summary>Makes an empty window as the policy wants it.</summary>
    public RestartIntensity(RestartPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        _max = policy.MaxRestarts;
        _window = policy.Window;
    }

    /// <summary>Counts one restart, unless it is one too many.</summary>
    /// <param name="now">Never earlier than in the call before.</param>
    /// <returns>False if the window, the time <c>(now - Window, now]</c>, holds <see cref="RestartPolicy.MaxRestarts"/> already.</returns>
    public bool TryCount(DateTimeOffset now)
    {
        while (_restarts.TryPeek(out var oldest) && now - oldest >= _window) _restarts.Dequeue();
        if (_restarts.Count >= _max) return false;
        _restarts.Enqueue(now);
        return true;
    }

    /// <summary>Forgets all restarts.</summary>
    public void Clear() => _restarts.Clear();
}
