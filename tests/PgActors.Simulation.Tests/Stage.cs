using System.Globalization;
using PgActors.Testing;

namespace PgActors.Simulation.Tests;

/// <summary>One database and its server in virtual time, for a test that says what happens when.</summary>
internal sealed class Stage
{
    private readonly List<MemoryTransport> _ends = [];

    /// <summary>Makes one.</summary>
    /// <param name="seed">Draws the order of what is ready at the same moment.</param>
    /// <param name="faults">As for <see cref="ModelServerOptions.Faults"/>.</param>
    public Stage(int seed = 7, Func<int, ModelFaults>? faults = null)
    {
        Simulation = new Testing.Simulation(seed, new SimulationOptions { RunsInline = seed % 2 == 1 });
        Connector = new MemoryConnector(Simulation.Schedule);
        Server = ModelServer.InMemory(Connector, new ModelServerOptions { Schedule = Simulation.Schedule, Faults = faults });
        var serve = Connector.Accepted!;
        Connector.Accepted = (transport, endpoint) =>
        {
            _ends.Add(transport);
            serve(transport, endpoint);
        };
    }

    public Testing.Simulation Simulation { get; }

    public MemoryConnector Connector { get; }

    public ModelServer Server { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Plays a script to its end; then nothing of the database may be left.</summary>
    /// <param name="parameters">Of the connection URI.</param>
    /// <param name="script">What happens.</param>
    public void Play(string parameters, Func<PgDatabase, Task> script)
    {
        Simulation.Run(async () =>
        {
            var options = PgConnectionOptions.Parse($"postgres://app@memory/shop?sslmode=disable&{parameters}");
            var settings = new PgDatabaseSettings
            {
                Runtime = Simulation.Runtime,
                Connector = Connector,
                ScramNonce = () => Simulation.Seed.ToString("x24", CultureInfo.InvariantCulture),
            };
            await using (var db = await PgDatabase.ConnectAsync(options, settings, Ct))
                await script(db);
            await Server.DisposeAsync();
        });
        Simulation.RunUntilIdle();
        Assert.Equal(0, Connector.Counters.Live);
    }

    /// <summary>Ends a connection from the server's side, at once.</summary>
    /// <param name="number">Its number, from 1.</param>
    public void Cut(int number) => _ends[number - 1].Abort();

    /// <summary>Some time passes.</summary>
    public Task ElapseAsync(TimeSpan time) => Task.Delay(time, Simulation.Time, Ct);

    /// <summary>One thing that is ready happens before the caller goes on, at least.</summary>
    public Task TurnAsync()
    {
        var turn = new TaskCompletionSource();
        Simulation.Schedule(turn.SetResult);
        return turn.Task;
    }

    /// <summary>Everything that can happen has happened, what sessions at rest notice late included, except for what a deadline brings.</summary>
    public Task SettleAsync() => ElapseAsync(TimeSpan.FromMilliseconds(50));
}
