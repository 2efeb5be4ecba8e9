using System.Globalization;
using PgActors.Runtime;
using PgActors.Testing;
using PgActors.Transports;

namespace PgActors.Simulation.Tests;

/// <summary>A server that was away comes back: at what pace its sessions are made again, and when the last caller has an answer.</summary>
public sealed class RecoveryTests
{
    // Connects at a time, and how long the server may have been back when everybody has an answer.
    private const int Budget = 4;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Thousand_waiters_are_answered_within_seconds_of_the_servers_return(int seed)
    {
        var simulation = new Testing.Simulation(seed, new SimulationOptions { RunsInline = seed % 2 == 1, MaxTime = TimeSpan.FromHours(1) });
        var isUp = true;
        var attempts = new List<TimeSpan>();
        var start = simulation.Time.GetTimestamp();
        TimeSpan Now() => simulation.Time.GetElapsedTime(start);
        var connector = new MemoryConnector(simulation.Schedule);
        var most = 0;
        var timers = new List<ITimer>();
        connector.Answer = _ =>
        {
            // As over a network: that takes a while.
            attempts.Add(Now());
            most = Math.Max(most, connector.Stalled + 1);
            timers.Add(simulation.Time.CreateTimer(_ => connector.ReleaseStalled(), null, TimeSpan.FromMilliseconds(20), Timeout.InfiniteTimeSpan));
            return new MemoryConnectAnswer
            {
                Stalls = true,
                Failure = isUp ? null : MemoryConnectAnswer.Fails(TransportFailure.Refused).Failure,
            };
        };
        var connections = new List<MemoryTransport>();
        var server = ModelServer.InMemory(connector, new ModelServerOptions { Schedule = simulation.Schedule });
        var accept = connector.Accepted!;
        connector.Accepted = (transport, endpoint) =>
        {
            connections.Add(transport);
            accept(transport, endpoint);
        };

        simulation.Run(async () =>
        {
            var settings = new PgDatabaseSettings
            {
                Runtime = simulation.Runtime,
                Connector = connector,
                ScramNonce = () => simulation.Seed.ToString("x24", CultureInfo.InvariantCulture),
                Supervision = new SupervisorOptions { Policy = new RestartPolicy { Waiters = WaiterPolicy.Keep } },
            };
            var options = PgConnectionOptions.Parse("postgres://app@memory/shop?sslmode=disable&shared_sessions=16");
            await using (var db = await PgDatabase.ConnectAsync(options, settings, Ct))
            {
                await Task.Delay(TimeSpan.FromSeconds(10), simulation.Time, Ct);
                Assert.Equal(16, db.SessionCount);

                isUp = false;
                foreach (var connection in connections)
                    connection.Abort();
                await Task.Delay(TimeSpan.FromSeconds(1), simulation.Time, Ct);
                var callers = Enumerable.Range(0, 1_000).Select(_ => db.QuerySingleAsync<string>("SELECT '1'", Ct).AsTask()).ToArray();
                await Task.Delay(TimeSpan.FromMinutes(2), simulation.Time, Ct);
                Assert.All(callers, caller => Assert.False(caller.IsCompleted));

                isUp = true;
                var back = Now();
                Assert.All(await Task.WhenAll(callers), answer => Assert.Equal("1", answer));

                Assert.InRange(Now() - back, TimeSpan.Zero, Longest);
            }

            await server.DisposeAsync();
        });

        Assert.InRange(most, 2, Budget);

        // Full jitter: the tries of a long outage are not in step with each other.
        Assert.True(attempts.Distinct().Count() > attempts.Count / 2, $"{attempts.Count} tries at {attempts.Distinct().Count()} moments");
    }
}
