using System.Diagnostics;
using System.Globalization;
using PgActors;

namespace Quickstart.Demonstrations;

/// <summary>Cancels a query while the server works on it: the request travels on a socket of its own, and the session is kept.</summary>
internal static class CancelQuery
{
    public static async Task ShowAsync(PgDatabase db, Screen screen, CancellationToken cancellationToken)
    {
        screen.Title("Cancelling a query that runs");
        var sessions = db.SessionCount;
        var canceledAt = 0L;
        using var impatience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var watch = impatience.Token.Register(() => canceledAt = Stopwatch.GetTimestamp());
        impatience.CancelAfter(TimeSpan.FromMilliseconds(500));
        screen.Code("select pg_sleep(60)      -- and after half a second: enough");
        try
        {
            await db.ExecuteAsync($"select pg_sleep({60.0})", impatience.Token);
            screen.Say("It ended before it was cancelled.");
        }
        catch (PgCanceledException canceled) when (!cancellationToken.IsCancellationRequested)
        {
            var took = Stopwatch.GetElapsedTime(canceledAt).TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture);
            screen.Say($"The server had stopped it {took} ms after the cancel. Outcome: {canceled.Outcome}. {canceled.Message}");
        }

        var answer = await db.QuerySingleAsync<int>($"select {21} * 2", cancellationToken);
        screen.Say($"The sessions are the same {sessions} as before, and answer: {answer}.");
    }
}
