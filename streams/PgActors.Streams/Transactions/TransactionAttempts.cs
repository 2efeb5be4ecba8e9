using PgActors.Runtime;

namespace PgActors.Transactions;

/// <summary>Runs work in a transaction, and again in a new one if the server ended it because of a conflict.</summary>
internal static class TransactionAttempts
{
    private static readonly TimeSpan MaxBackoff = TimeSpan.FromSeconds(2);

    /// <summary>Work without a result as work that has one.</summary>
    public static Func<PgTransaction, Task<bool>> WithoutResult(Func<PgTransaction, Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return async transaction =>
        {
            await work(transaction).ConfigureAwait(false);
            return true;
        };
    }

    /// <summary>Runs it.</summary>
    public static async Task<T> RunAsync<T>(
        Func<CancellationToken, ValueTask<PgTransaction>> begin,
        Func<PgTransaction, Task<T>> work,
        PgTransactionOptions options,
        ActorRuntime runtime,
        CancellationToken cancellationToken)
    {
        var pauses = new RestartPolicy { InitialBackoff = options.RetryBackoff, MaxBackoff = MaxBackoff };
        for (var attempt = 1; ; attempt++)
        {
            var transaction = await begin(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                try
                {
                    var result = await work(transaction).ConfigureAwait(false);
                    if (!transaction.HasEnded)
                        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                    return result;
                }
                catch (Exception failure) when (attempt < options.MaxAttempts && transaction.HasConflicted(failure))
                {
                }
            }

            await Task.Delay(Backoff.Delay(pauses, attempt, runtime.Random.NextDouble()), runtime.Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
