namespace PgActors.Testing;

/// <summary>
/// The one place where the launcher waits for something that tells nobody when it happens: another process, its files, its port.
/// </summary>
internal static class Waiting
{
    // A server starts and stops in about 100 ms; 10 ms keeps the wait's own share below a tenth of that.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    /// <summary>Looks again and again until the condition holds.</summary>
    /// <param name="condition">What must become true.</param>
    /// <param name="limit">How long to look.</param>
    /// <param name="what">The end of "waited in vain until …" for the message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PostgresServerException">The limit passed.</exception>
    public static async Task UntilAsync(
        Func<CancellationToken, Task<bool>> condition, TimeSpan limit, string what, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Interval);
        while (!await condition(cancellationToken))
        {
            if (TimeProvider.System.GetElapsedTime(started) > limit)
            {
                throw new PostgresServerException($"Waited {limit.TotalSeconds:0.#} s in vain until {what}.");
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>The same for a condition that can be looked at without waiting.</summary>
    public static Task UntilAsync(Func<bool> condition, TimeSpan limit, string what, CancellationToken cancellationToken) =>
        UntilAsync(_ => Task.FromResult(condition()), limit, what, cancellationToken);
}
