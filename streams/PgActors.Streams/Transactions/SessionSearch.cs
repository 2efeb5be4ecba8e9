using PgActors.Runtime;
using PgActors.Sessions;

namespace PgActors.Transactions;

/// <summary>Looks for another session for a transaction of which nothing was sent before its own was lost.</summary>
internal sealed class SessionSearch(TransactionRoute transaction, BeginRequest begin, SessionActor lost, SessionFailure failure) : AfterTurnWork
{
    public override void Execute() => _ = SearchAsync();

    private async Task SearchAsync()
    {
        var time = lost.Runtime.Time;
        var left = begin.TimeLeftBy(time) is { } limit ? TimeSpan.FromTicks(Math.Max(0, limit.Ticks)) : Timeout.InfiniteTimeSpan;
        using var deadline = new CancellationTokenSource(left, time);
        try
        {
            lost.HandOver(begin, await transaction.MoveAsync(deadline.Token).ConfigureAwait(false), failure);
        }
        catch (PgConnectionException refusal)
        {
            // Why there is no other session says more than how this one was lost.
            lost.HandOver(begin, null, refusal.Failure);
        }
        catch (Exception none) when (none is PgException or PgCanceledException)
        {
            lost.HandOver(begin, null, failure);
        }
    }
}
