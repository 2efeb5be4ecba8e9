namespace PgActors.Testing;

/// <summary>
/// One suspended operation. Its owner decides under its own lock who may settle it, so it is settled once; the continuation runs where the
/// schedule puts it, or inline.
/// </summary>
internal sealed class MemoryWait<T>
{
    // Continuations run inside the settling call: that is what makes the order of a test its own.
    private readonly TaskCompletionSource<T> _source = new();
    private readonly Action<Action>? _schedule;
    private CancellationTokenRegistration _registration;
    private volatile bool _isSettled;

    public MemoryWait(Action<Action>? schedule) => _schedule = schedule;

    public Task<T> Task => _source.Task;

    /// <summary>Listens to a token. Called outside any lock, since the token may be cancelled already.</summary>
    /// <param name="withdraw">Takes the wait out of its owner; <see langword="false"/> when somebody else has claimed it.</param>
    /// <param name="ct">The token.</param>
    public void CancelWith(Func<MemoryWait<T>, bool> withdraw, CancellationToken ct)
    {
        _registration = ct.Register(() =>
        {
            if (withdraw(this))
            {
                Resume(() => _source.TrySetCanceled(ct));
            }
        });

        // Settled in the meantime: then nobody else takes the registration out of a token that may live long.
        if (_isSettled)
        {
            _registration.Unregister();
        }
    }

    /// <summary>Ends it well.</summary>
    /// <param name="result">The result.</param>
    /// <param name="inline">Whether nobody can be waiting yet, so that there is nothing to schedule.</param>
    public void Complete(T result, bool inline = false)
    {
        Settle();
        if (inline)
        {
            _source.TrySetResult(result);
        }
        else
        {
            Resume(() => _source.TrySetResult(result));
        }
    }

    public void Fail(Exception failure)
    {
        Settle();
        Resume(() => _source.TrySetException(failure));
    }

    private void Settle()
    {
        _isSettled = true;
        _registration.Unregister();
    }

    private void Resume(Action settle)
    {
        if (_schedule is null)
        {
            settle();
        }
        else
        {
            _schedule(settle);
        }
    }
}
