using PgActors.Actors.Tests.Sessions;
using PgActors.Protocol;
using PgActors.Routing;
using PgActors.Runtime;
using PgActors.Sessions;
using PgActors.Testing;
using PgActors.Transports;

namespace PgActors.Actors.Tests.Routing;

/// <summary>A pool of exclusive sessions before a model of a server, in memory and in virtual time.</summary>
internal sealed class LeaseScene
{
    private LeaseScene(LeaseSettings settings, Func<LeaseScene, int, ModelFaults>? faults, int seed, bool runsInline)
    {
        Simulation = new Simulation(seed, new SimulationOptions { RunsInline = runsInline, MaxTime = TimeSpan.FromDays(2) });
        Connector = new MemoryConnector(Simulation.Schedule)
        {
            Answer = _ => IsDown ? MemoryConnectAnswer.Fails(TransportFailure.Refused) : new MemoryConnectAnswer(),
        };
        Server = ModelServer.InMemory(
            Connector,
            new ModelServerOptions
            {
                Schedule = Simulation.Schedule,
                Faults = faults is null ? null : connection => faults(this, connection),
            });
        var profile = Scene.ProfileFor(Connector) with { CancelTimeout = TimeSpan.FromSeconds(5) };
        Pool = new LeasePool(Simulation.Runtime, profile, settings, MailboxBounds.Default, static (_, _) => { }, Reports.Add);
    }

    public Simulation Simulation { get; }

    public MemoryConnector Connector { get; }

    public ModelServer Server { get; }

    public LeasePool Pool { get; }

    public List<LeaseReport> Reports { get; } = [];

    /// <summary>Whether connects are refused.</summary>
    public bool IsDown { get; set; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Plays a script to its end; then nothing of the pool may be left.</summary>
    public static void Play(
        LeaseSettings settings,
        Func<LeaseScene, Task> script,
        Func<LeaseScene, int, ModelFaults>? faults = null,
        int seed = 1,
        bool runsInline = false)
    {
        var scene = new LeaseScene(settings, faults, seed, runsInline);
        scene.Simulation.Run(async () =>
        {
            await script(scene);
            await scene.Pool.StopAsync();
            await scene.Server.DisposeAsync();
        });
        scene.Simulation.RunUntilIdle();
        Assert.Equal(0, scene.Connector.Counters.Live);
        Assert.Equal(0, scene.Pool.Count);
    }

    public Task<SessionActor> AcquireAsync(string who = "test") => Pool.AcquireAsync(LeaseHolder.For(who), Ct).AsTask();

    public Task<SessionActor> AcquireUnlessAsync(CancellationToken cancelled) =>
        Pool.AcquireAsync(LeaseHolder.For("test"), cancelled).AsTask();

    public void Return(SessionActor session, SessionTraces traces = SessionTraces.None) => Pool.Return(session, traces);

    /// <summary>Virtual time passes.</summary>
    public Task PassAsync(TimeSpan time) => Task.Delay(time, Simulation.Time, Ct);

    /// <summary>Everything that can happen has happened, except for what a deadline brings.</summary>
    public Task SettleAsync() => PassAsync(TimeSpan.FromMilliseconds(1));

    /// <summary>Holds back every answer that a connection gives from now on, as long as a condition holds.</summary>
    public static ModelFaults Silent(Func<bool> condition, string name) => new()
    {
        HoldBefore = received => received is not (StartupMessage or CancelRequest) && condition() ? name : null,
    };
}
