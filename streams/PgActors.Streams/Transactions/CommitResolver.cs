using System.Globalization;
using PgActors.Leases;
using PgActors.Routing;
using PgActors.Runtime;
using PgActors.Types;

namespace PgActors.Transactions;

/// <summary>
/// Finds out, on another session, what became of a COMMIT whose answer was lost: <c>pg_xact_status</c> knows it from the commit log (PostgreSQL
/// documentation, "Transaction ID and Snapshot Information Functions").
/// </summary>
internal sealed class CommitResolver(LeasePool pool, TimeSpan limit)
{
    private static readonly RestartPolicy Pauses = new()
    {
        InitialBackoff = TimeSpan.FromMilliseconds(20),
        MinBackoff = TimeSpan.FromMilliseconds(5),
        MaxBackoff = TimeSpan.FromSeconds(1),
    };

    private static readonly PgConnectionOptions Plain = new();

    private readonly long _began = pool.Runtime.Time.GetTimestamp();

    /// <summary>Finds it out, within the limit.</summary>
    /// <param name="identity">The transaction's identity, if it is known.</param>
    /// <param name="processId">The server process that had it; 0 if unknown.</param>
    public async ValueTask<CommitFate> ResolveAsync(ulong? identity, int processId)
    {
        if (identity is not { } known)
            return CommitFate.Unknown("the server had assigned it no identity that is known here.");
        using var deadline = new CancellationTokenSource(limit, pool.Runtime.Time);
        var reason = "no other session could be had.";
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var status = await AskAsync(known, processId, deadline.Token).ConfigureAwait(false);
                switch (status)
                {
                    case "committed":
                        return new CommitFate(CommitFateKind.Committed, "");
                    case "aborted":
                        return new CommitFate(CommitFateKind.Aborted, "");
                    case null:
                        return CommitFate.Unknown("it is too old for the server to remember.");
                    default:
                        reason = "the server process that had it did not end it in time.";
                        break;
                }
            }
            catch (PgCanceledException)
            {
                return CommitFate.Unknown($"{reason} It was tried for {limit.TotalSeconds:0.###} s (commit_resolution).");
            }
            catch (PgServerException refused)
            {
                return CommitFate.Unknown($"the server refused to tell: {refused.Error}");
            }
            catch (PgException lost)
            {
                reason = $"no other session could be had: {lost.Message}";
            }

            try
            {
                await Task.Delay(Backoff.Delay(Pauses, attempt, pool.Runtime.Random.NextDouble()), pool.Runtime.Time, deadline.Token)
                    .ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return CommitFate.Unknown($"{reason} It was tried for {limit.TotalSeconds:0.###} s (commit_resolution).");
            }
        }
    }

    private async ValueTask<string?> AskAsync(ulong identity, int processId, CancellationToken cancellationToken)
    {
        var holder = LeaseHolder.For("pg_xact_status");
        var hold = new SessionHold(pool, await pool.AcquireAsync(holder, cancellationToken).ConfigureAwait(false));
        var lease = new PgSession(hold, new DatabaseTypes(PgTypeRegistry.Default, looksUp: false, pool.Runtime), Plain);
        await using (lease.ConfigureAwait(false))
        {
            var xid = identity.ToString(CultureInfo.InvariantCulture);

            // A server process that has lost its client may not notice for hours, and would keep the transaction, and its locks, for as long.
            if (processId != 0 && pool.Runtime.Time.GetElapsedTime(_began) > limit / 2)
            {
                await lease.ExecuteAsync(
                    $"""
                    select pg_catalog.pg_terminate_backend(pid) from pg_catalog.pg_stat_activity
                    where pid = {processId} and backend_xid::text::bigint = {(long)(identity & uint.MaxValue)}
                    """,
                    cancellationToken).ConfigureAwait(false);
            }

            return await lease.QuerySingleAsync<string?>($"select pg_catalog.pg_xact_status({xid}::text::xid8)", cancellationToken)
                .ConfigureAwait(false);
        }
    }
}
