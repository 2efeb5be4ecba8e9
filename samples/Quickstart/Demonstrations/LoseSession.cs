using System.Globalization;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using PgActors;
using PgActors.Runtime;

namespace Quickstart.Demonstrations;

/// <summary>Ends a session from under the engine's feet: its command says how far it got, and the supervisor brings it back.</summary>
internal static class LoseSession
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task ShowAsync(PgDatabase db, Screen screen, CancellationToken cancellationToken)
    {
        screen.Title("Losing a session");

        var late = new TimeoutException($"The session was not back within {Patience.TotalSeconds} s.");

        // The watcher stands before the session falls.
        var decisions = db.Events.OfType<PgSupervisionEvent>().Select(happened => happened.Decision);
        var back = decisions
            .SkipWhile(decision => decision.Kind != SupervisionEventKind.Failed)
            .Do(decision => screen.Report(decision.Kind.ToString(), Describe(decision)))
            .FirstAsync(decision => decision.Kind == SupervisionEventKind.Restarted)
            .Timeout(Patience, Observable.Throw<SupervisionEvent>(late))
            .ToTask(cancellationToken);

        screen.Code("select pg_terminate_backend(pg_backend_pid())");
        try
        {
            await db.ExecuteAsync("select pg_terminate_backend(pg_backend_pid())", cancellationToken);
        }
        catch (PgConnectionException lost)
        {
            screen.Say($"{lost.Kind}, outcome {lost.Outcome}: {lost.Message}");
        }

        await back;
        var pid = await db.QuerySingleAsync<int>("select pg_backend_pid()", cancellationToken);
        screen.Say($"The session is back: {db.SessionCount} are open, and server process {pid} answers.");
    }

    private static string Describe(SupervisionEvent decision)
    {
        var delay = decision.Delay is { } wait ? string.Create(CultureInfo.InvariantCulture, $" in {wait.TotalMilliseconds:F0} ms") : "";
        return $"{decision.Child}{delay}{(decision.Reason is null ? "" : $": {decision.Reason}")}";
    }
}
