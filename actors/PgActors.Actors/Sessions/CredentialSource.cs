using PgActors.Runtime;

namespace PgActors.Sessions;

/// <summary>
/// Asks for the credentials of the next connection whoever knows them. Sessions that want them at the same time share one answer; beyond
/// that nothing is kept, so that an answer that was good yesterday cannot be in the way today. Thread-safe.
/// </summary>
/// <param name="ask">Knows them. Its token is cancelled when the time is over.</param>
/// <param name="dispatcher">Where those who wait go on.</param>
/// <param name="time">The clock.</param>
/// <param name="limit">How long one answer may take.</param>
public sealed class CredentialSource(
    Func<CancellationToken, ValueTask<PgCredentials>> ask, Dispatcher dispatcher, TimeProvider time, TimeSpan limit)
{
    // Guards what follows: the question that is being answered.
    private readonly Lock _gate = new();
    private ScheduledCompletion<PgCredentials>? _asking;

    /// <summary>The credentials as they are now.</summary>
    /// <param name="cancellationToken">Gives up the wait; others that share it wait on.</param>
    public Task<PgCredentials> GetAsync(CancellationToken cancellationToken)
    {
        ScheduledCompletion<PgCredentials>? mine = null;
        Task<PgCredentials> answer;
        lock (_gate)
        {
            _asking ??= mine = new ScheduledCompletion<PgCredentials>(dispatcher);
            answer = _asking.Task;
        }

        if (mine is not null)
            _ = AskAsync(mine);
        return answer.WaitAsync(cancellationToken);
    }

    private async Task AskAsync(ScheduledCompletion<PgCredentials> asking)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        try
        {
            var credentials = await ask(deadline.Token).ConfigureAwait(false);
            Forget();
            asking.TrySetResult(credentials);
        }
#pragma warning disable CA1031 // Whatever it is, it is why there is no connection, and is told with that.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Forget();
            asking.TrySetException(failure);
        }
    }

    private void Forget()
    {
        lock (_gate)
            _asking = null;
    }
}
