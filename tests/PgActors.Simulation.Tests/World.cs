using System.Globalization;
using PgActors.Protocol;
using PgActors.Rows;
using PgActors.Testing;
using PgActors.Transports;

namespace PgActors.Simulation.Tests;

/// <summary>The whole engine, its network and its server under one seed.</summary>
internal sealed class World
{
    // Beyond every back-off and every deadline of the engine: what still waits then, waits for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    // Start-up is one message: whatever goes wrong later goes wrong in a session that was ready.
    private const int FirstMessageInSession = 3;

    // As the engine takes from its own source (RFC 5802 leaves the length open).
    private const int NonceBytes = 18;

    private readonly Random _random;
    private readonly MemoryConnector _connector;
    private readonly ModelServer _server;
    private readonly int _slabsBefore = RowSlab.Outstanding;

    private World(int seed)
    {
        Seed = seed;
        _random = new Random(seed ^ 0x3A11);
        Simulation = new Testing.Simulation(seed, new SimulationOptions { RunsInline = seed % 2 == 1, MaxTime = Patience });
        _connector = new MemoryConnector(Simulation.Schedule) { Answer = _ => Answer() };
        _server = ModelServer.InMemory(_connector, new ModelServerOptions { Faults = FaultsOf, Schedule = Simulation.Schedule });
    }

    public int Seed { get; }

    public Testing.Simulation Simulation { get; }

    public IReadOnlyList<CallEnd> Ends { get; private set; } = [];

    public IReadOnlyList<ModelStatement> Log { get; private set; } = [];

    public ModelCounters Counters => _server.Counters;

    /// <summary>Slabs that were rented in the run and not given back.</summary>
    public int LeakedSlabs { get; private set; }

    /// <summary>Client ends of transports that were left open.</summary>
    public long OpenTransports { get; private set; }

    /// <summary>Runs a seed to its end.</summary>
    /// <exception cref="SimulationException">Something failed or stood still; the message says the seed.</exception>
    public static World Run(int seed)
    {
        var world = new World(seed);
        world.Simulation.Run(world.LiveAsync);
        world.Simulation.RunUntilIdle();
        world.Close();
        return world;
    }

    private static PgConnectionOptions Options { get; } = PgConnectionOptions.Parse("postgres://app@memory/shop?sslmode=disable") with
    {
        SharedSessions = 3,
        MaxLeasedSessions = 3,
        MaxQueuedCommands = 4,

        // The model knows no identities of transactions.
        CommitResolution = null,

        // A session that is never given back makes the run stand still, instead of refusing somebody.
        LeaseTimeout = null,
    };

    private async Task LiveAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        var settings = new PgDatabaseSettings { Runtime = Simulation.Runtime, Connector = _connector, ScramNonce = Nonce };
        var database = await PgDatabase.ConnectAsync(Options, settings, ct);
        using var events = database.Events.Subscribe(happened => Simulation.Trace.Add(happened.ToString()));
        var workload = new Workload(Simulation, _server, database, _random);
        var calls = workload.RunAsync();
        if (_random.Next(4) == 0)
        {
            // Closed under the callers' hands.
            await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(1_000)), Simulation.Time, ct);
            await database.DisposeAsync();
        }

        await calls;
        await database.DisposeAsync();
        await _server.DisposeAsync();
        Ends = workload.Ends;
    }

    private string Nonce()
    {
        var bytes = new byte[NonceBytes];
        Simulation.Runtime.Random.NextBytes(bytes);
        return Convert.ToBase64String(bytes);
    }

    private void Close()
    {
        Log = _server.Log;
        LeakedSlabs = RowSlab.Outstanding - _slabsBefore;
        OpenTransports = _connector.Counters.Live;
        foreach (var statement in Log)
        {
            Simulation.Trace.Add(string.Create(
                CultureInfo.InvariantCulture, $"{statement.Number} {statement.Sql} {statement.Outcome} {statement.SqlState} {statement.Fate}"));
        }
    }

    private MemoryConnectAnswer Answer()
    {
        // The first connect succeeds: a database that could not be opened has no callers.
        if (_connector.Attempts.Count > 1 && _random.Next(8) == 0)
            return MemoryConnectAnswer.Fails(TransportFailure.Refused);
        return new MemoryConnectAnswer
        {
            Client = new MemoryTransportOptions
            {
                Capacity = _random.Next(64, 8_192),
                MaxBytesPerReceive = _random.Next(1, 2_048),
                CanPoll = _random.Next(2) == 0,
            },
            Server = new MemoryTransportOptions { Capacity = _random.Next(64, 8_192), MaxBytesPerReceive = _random.Next(1, 512) },
        };
    }

    private ModelFaults FaultsOf(int connection) => _random.Next(6) switch
    {
        0 => new ModelFaults { CloseAtMessage = _random.Next(FirstMessageInSession, 60), Resets = _random.Next(2) == 0 },
        1 when connection > 1 => new ModelFaults { CloseAfterBytes = _random.Next(1, 3_000), Resets = _random.Next(2) == 0 },
        2 => HoldOnce(Hold(connection), _random.Next(FirstMessageInSession, 30)),
        _ => ModelFaults.None,
    };

    // Silent for up to ten seconds, which is beyond the deadline of a cancel.
    private ModelFaults HoldOnce(string name, int message)
    {
        var timer = default(ITimer);
        var silence = TimeSpan.FromMilliseconds(_random.Next(10_000));
        return new ModelFaults
        {
            HoldBefore = received =>
            {
                if (received is StartupMessage or CancelRequest || --message > 0)
                    return null;
                timer ??= Simulation.Time.CreateTimer(_ => _server.Release(name), null, silence, Timeout.InfiniteTimeSpan);
                return name;
            },
        };
    }

    private static string Hold(int connection) => string.Create(CultureInfo.InvariantCulture, $"hold {connection}");
}
