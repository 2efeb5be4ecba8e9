using System.Threading.Channels;
using Akka;
using Akka.Actor;
using Akka.Configuration;
using Akka.Streams;
using Akka.Streams.Dsl;
using PgActors.Testing;

namespace PgActors.AkkaStreams.Tests;

/// <summary>Row streams as sources of Akka.NET's streams, which begin again whenever they fail. What is needed for that is that each fails when
/// its server is gone, instead of staying silent, and lets go of its session.</summary>
public sealed class RestartedStreamTests
{
    private const int Cycles = 1_000;
    private const int MaxSessions = 3;
    private const string Name = "restarted";

    // Failures are what it is about; the log would be full of them.
    private static readonly Config Quiet = ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF }");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_whose_server_process_is_killed_begins_again_a_thousand_times_and_leaks_nothing()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);
        await using var db = await PgDatabase.ConnectAsync(
            server.ConnectionUri(parameters: $"shared_sessions=1&max_leased_sessions={MaxSessions}&application_name={Name}"), Token);
        using var system = ActorSystem.Create("streams", Quiet);
        using var materializer = system.Materializer();
        var beginnings = Channel.CreateUnbounded<int>();

        var (ending, ended) = RestartSource
            .OnFailuresWithBackoff(() => Rows(db), RestartSettings.Create(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(10), 0))
            .ViaMaterialized(KillSwitches.Single<Row>(), Keep.Right)
            .ToMaterialized(
                Sink.ForEach<Row>(row =>
                {
                    if (row.Number == 1)
                        beginnings.Writer.TryWrite(row.Process);
                }),
                Keep.Both)
            .Run(materializer);
        var before = 0;
        for (var cycle = 0; cycle < Cycles; cycle++)
        {
            var process = await beginnings.Reader.ReadAsync(Token);
            Assert.NotEqual(before, process);
            await db.ExecuteAsync($"select pg_terminate_backend({process})", Token);
            before = process;
        }

        await beginnings.Reader.ReadAsync(Token);
        ending.Shutdown();
        await ended.WaitAsync(Token);

        // Its session goes back when the server has heard that nobody wants the rest.
        while (db.Snapshot().Leased.Held > 0)
            await db.ExecuteAsync("select 1", Token);
        Assert.Equal(0, beginnings.Reader.Count);
        var sessions = await db.QuerySingleAsync<long>($"select count(*) from pg_stat_activity where application_name = {Name}", Token);
        Assert.InRange(sessions, 1, 1 + MaxSessions);
        await system.Terminate().WaitAsync(Token);
    }

    private static Source<Row, NotUsed> Rows(PgDatabase db) =>
        Source.From(() => db.Query<Row>($"select generate_series(1, {20_000_000}) as number, pg_backend_pid() as process"));

    private sealed record Row(int Number, int Process);
}
