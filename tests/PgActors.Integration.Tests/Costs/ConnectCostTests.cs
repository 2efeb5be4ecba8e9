using PgActors.Runtime;

namespace PgActors.Integration.Tests.Costs;

/// <summary>What it costs to open a database, ask it something and close it again.</summary>
[Collection(nameof(ProcessWide))]
public sealed class ConnectCostTests(TestServers servers)
{
    private readonly TrafficMeter _meter = new();
    private readonly CancellationToken _token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Database_with_one_session_takes_four_sends_and_bounded_memory()
    {
        const int connects = 20;
        var database = await MakeDatabaseAsync();

        var cost = await Cost.MeasureAsync(_meter, connects, async () =>
        {
            for (var i = 0; i < connects; i++)
            {
                await using var db = await OpenAsync(database, ActorRuntime.Default);
                Assert.Equal(i, await db.QuerySingleAsync<int>($"select {i}", _token));
            }
        });

        // StartupMessage, the look at the types, the command, Terminate.
        Assert.Equal(4, cost.Sends);
        Assert.InRange(cost.Bytes, 0, 40 * 1024);
    }

    [Fact]
    public async Task Worker_that_may_block_makes_and_ends_a_session_without_another_thread()
    {
        var runtime = ActorRuntime.Default with { Dispatcher = new Granting() };
        var database = await MakeDatabaseAsync();

        // A machine under load may need longer than any worker waits, and a new server process for its first look at the catalogue.
        for (var i = 0; i < 100; i++)
        {
            var opening = OpenAsync(database, runtime, looksUpTypes: false);
            var wasOpened = opening.IsCompleted;
            await using var db = await opening;
            var asking = db.QuerySingleAsync<int>($"select {i}", _token);
            var wasAnswered = asking.IsCompleted;
            Assert.Equal(i, await asking);
            var closing = db.DisposeAsync();
            var wasClosed = closing.IsCompleted;
            await closing;
            if (wasOpened && wasAnswered && wasClosed)
                return;
        }

        Assert.Fail("Whether something was opened, answered or closed came by way of another thread, a hundred times.");
    }

    // One with no types of anybody's, as most are: those would be looked up.
    private async Task<PgIdentifier> MakeDatabaseAsync()
    {
        await using var db = await servers.OpenAsync();
        var name = Tables.NewName("cost");
        await db.ExecuteAsync($"create database {name}", _token);
        return name;
    }

    private async Task<PgDatabase> OpenAsync(PgIdentifier database, ActorRuntime runtime, bool looksUpTypes = true)
    {
        var server = await servers.GetAsync();
        var options = PgConnectionOptions.Parse(server.ConnectionUri(parameters: "sslmode=disable&shared_sessions=1"));
        return await PgDatabase.ConnectAsync(
            options with { Database = database.ToString().Trim('"') },
            new PgDatabaseSettings { Connector = _meter, Runtime = runtime, LooksUpTypes = looksUpTypes },
            _token);
    }

    /// <summary>The pool's dispatcher, which lets whoever asks block.</summary>
    private sealed class Granting : Dispatcher
    {
        public override bool RunsInline => true;

        public override bool HasTimeToSpare => true;

        public override bool TryBeginBlocking() => true;

        public override void Schedule(IThreadPoolWorkItem item) => ThreadPoolDispatcher.Instance.Schedule(item);

        public override void ScheduleLocal(IThreadPoolWorkItem item) => ThreadPoolDispatcher.Instance.ScheduleLocal(item);
    }
}
