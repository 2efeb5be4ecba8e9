using PgActors.Rows;
using PgActors.Runtime;
using PgActors.Testing;

namespace PgActors.Integration.Tests.Supervision;

[Collection(nameof(ProcessWide))]
public sealed class CrashTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StopMode.Kill, 100, 300)]
    [InlineData(StopMode.Fast, 8, 64)]
    [InlineData(StopMode.Immediate, 8, 64)]
    public async Task Server_that_goes_and_comes_under_load_leaves_no_false_claim_no_hang_and_no_leak(StopMode mode, int sessions, int callers)
    {
        var unobserved = new List<Exception>();
        void Note(object? sender, UnobservedTaskExceptionEventArgs happened)
        {
            lock (unobserved)
                unobserved.Add(happened.Exception);
        }

        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            await using var server = await PostgresServer.StartAsync(
                new PostgresServerOptions
                {
                    Settings = new Dictionary<string, string> { ["max_connections"] = "200", ["synchronous_commit"] = "on" },
                },
                Token);
            await LedgerLoad.PrepareAsync(server, Token);
            var slabs = RowSlab.Outstanding;
            var connector = new CountingConnector();
            await using (var db = await server.OpenAsync(
                $"shared_sessions={sessions}&application_name=crash", new PgDatabaseSettings { Connector = connector }))
            {
                await server.UntilSessionsAsync("crash", sessions);
                using var watch = new SupervisionWatch(db);
                var load = LedgerLoad.Start(db, callers * 2 / 3, callers / 3);
                await ServerFacts.UntilAsync(() => load.Written > 2 * callers && load.Read > callers, "the load was on");

                await server.StopAsync(mode, Token);
                await server.StartAgainAsync(Token);

                await server.UntilSessionsAsync("crash", sessions);
                var before = load.Written;
                await ServerFacts.UntilAsync(() => load.Written > before + callers, "the load was on again");
                await load.EndAsync(Token);
                await load.VerifyAsync(server, Token);
                Assert.Equal(sessions, db.SessionCount);

                // Everybody got a word about what was under way, and nobody anything else.
                Assert.All(load.Failures, failure => Assert.IsType<PgConnectionException>(failure));
                Assert.InRange(load.Failures.Count, 0, 2 * callers);

                Assert.InRange(connector.MostAtATime, 1, 4);
                Assert.InRange(watch.MostStarting, 1, 4);
                var delays = watch.Decisions.Where(decision => decision.Kind == SupervisionEventKind.RestartScheduled)
                    .Select(decision => decision.Delay!.Value).ToList();
                Assert.True(delays.Count >= sessions);
                Assert.True(delays.Distinct().Count() > delays.Count * 9 / 10, "Each session draws its own delay.");
            }

            // As soon as the database is closed: the server knows nothing of it any more, and neither do we.
            Assert.Equal("0", await server.AskAsync("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'crash'"));
            Assert.Equal(0, connector.Counters.Live);
            await ServerFacts.UntilAsync(() => RowSlab.Outstanding == slabs, "the slabs had come back");
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Assert.Empty(unobserved);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }
    }
}
