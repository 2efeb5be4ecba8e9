using System.Globalization;
using PgActors.Protocol;
using PgActors.Runtime;
using PgActors.Sessions;
using PgActors.Testing;

namespace PgActors.Simulation.Tests;

/// <summary>The number of shared sessions follows the load, and nobody notices.</summary>
public sealed class LaneTests
{
    private const string Gate = "gate";

    private readonly Testing.Simulation _simulation = new(7, new SimulationOptions { RunsInline = true });
    private readonly ModelServer _server;
    private readonly MemoryConnector _connector;
    private bool _isHeld;

    public LaneTests()
    {
        _connector = new MemoryConnector(_simulation.Schedule);
        _server = ModelServer.InMemory(_connector, new ModelServerOptions
        {
            Schedule = _simulation.Schedule,
            Faults = _ => new ModelFaults { HoldBefore = message => _isHeld && message is Bind ? Gate : null },
        });
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Sessions_are_added_under_load_and_ended_when_it_is_gone() => Play("min_shared_sessions=1&shared_sessions=4", async db =>
    {
        var decisions = new List<SupervisionEvent>();
        using var watch = db.Events.Subscribe(happened =>
        {
            if (happened is PgSupervisionEvent { Decision: var decision })
                decisions.Add(decision);
        });
        Assert.Single(db.Snapshot().Shared.Sessions);
        var callers = Call(db, 400);
        await ElapseAsync(TimeSpan.FromSeconds(1));
        callers.AddRange(Call(db, 400));
        await ElapseAsync(TimeSpan.FromSeconds(1));

        var grown = db.Snapshot().Shared;
        Assert.Equal(4, grown.Ready);
        Assert.Equal((1, 4, 800), (grown.Minimum, grown.Maximum, grown.Load));
        Assert.All(decisions.Where(decision => decision.Kind == SupervisionEventKind.Added), added => Assert.Contains("commands wait", added.Reason));
        _isHeld = false;
        _server.Release(Gate);
        await Task.WhenAll(callers);

        // While they go, somebody calls on.
        for (var i = 0; i < 1_500; i++)
        {
            Assert.Equal("1", await db.QuerySingleAsync<string>("SELECT '1'", Ct));
            await ElapseAsync(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal("shared-1", Assert.Single(db.Snapshot().Shared.Sessions).Name);
        Assert.Equal(3, decisions.Count(decision => decision.Kind == SupervisionEventKind.Added));
        Assert.Equal(3, decisions.Count(decision => decision.Kind == SupervisionEventKind.Retiring));
        Assert.Equal(3, decisions.Count(decision => decision.Kind == SupervisionEventKind.Stopped));
        Assert.DoesNotContain(decisions, decision => decision.Kind == SupervisionEventKind.Failed);
    });

    [Fact]
    public void Callers_are_spread_over_sessions_although_all_are_near_the_same_one() => Play("shared_sessions=4", async db =>
    {
        await ElapseAsync(TimeSpan.FromSeconds(1));
        var callers = Call(db, 400);
        await ElapseAsync(TimeSpan.FromSeconds(1));

        Assert.All(db.Snapshot().Shared.Sessions, session => Assert.InRange(session.Waiting + session.InFlight, 90, 110));
        _isHeld = false;
        _server.Release(Gate);
        await Task.WhenAll(callers);
        Assert.All(db.Snapshot().Shared.Sessions, session => Assert.Equal((SessionState.Ready, 0), (session.State, session.InFlight)));
    });

    private static List<Task<string>> Call(PgDatabase db, int callers) =>
        [.. Enumerable.Range(0, callers).Select(_ => db.QuerySingleAsync<string>("SELECT '1'", Ct).AsTask())];

    private void Play(string parameters, Func<PgDatabase, Task> script)
    {
        _simulation.Run(async () =>
        {
            var options = PgConnectionOptions.Parse($"postgres://app@memory/shop?sslmode=disable&{parameters}");
            var settings = new PgDatabaseSettings
            {
                Runtime = _simulation.Runtime,
                Connector = _connector,
                ScramNonce = () => _simulation.Seed.ToString("x24", CultureInfo.InvariantCulture),
            };
            await using (var db = await PgDatabase.ConnectAsync(options, settings, Ct))
            {
                // The first statement of a database waits for a look at its types.
                Assert.Equal("1", await db.QuerySingleAsync<string>("SELECT '1'", Ct));
                _isHeld = true;
                await script(db);
            }

            await _server.DisposeAsync();
        });
        _simulation.RunUntilIdle();
        Assert.Equal(0, _connector.Counters.Live);
    }

    private Task ElapseAsync(TimeSpan time) => Task.Delay(time, _simulation.Time, Ct);
}
