using System.Diagnostics;
using PgActors.Runtime;
using PgActors.Testing;

namespace PgActors.Integration.Tests.Cancelling;

[Collection(nameof(ProcessWide))]
public sealed class CancelCallTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancel_runs_no_turn_on_the_thread_that_asks()
    {
        var server = await PostgresServer.Shared();
        var dispatcher = new HeldDispatcher();
        await using var db = await server.OpenAsync(
            "shared_sessions=1&application_name=noturn",
            new PgDatabaseSettings { Runtime = ActorRuntime.Default with { Dispatcher = dispatcher } });
        Assert.Equal(0, await db.QuerySingleAsync<int>("select 0", Token));
        using var cancel = new CancellationTokenSource();
        var sleeping = db.QuerySingleAsync<int>($"select 1 from pg_sleep({600.0})", cancel.Token).AsTask();
        await server.UntilSessionsAsync("noturn", 1, "wait_event = 'PgSleep'");

        dispatcher.Hold();
        cancel.Cancel();

        // It has come back although nobody works: all that it did was to post.
        Assert.Equal(1, dispatcher.HeldCount);
        Assert.False(sleeping.IsCompleted);
        dispatcher.Release();
        var canceled = await Assert.ThrowsAsync<PgCanceledException>(() => sleeping);
        Assert.Equal(Outcome.RolledBack, canceled.Outcome);
    }

    [Fact]
    public async Task Silent_server_costs_the_one_who_cancels_no_time_and_the_command_its_connection()
    {
        var server = await PostgresServer.Shared();
        await using var proxy = FaultProxy.Start(server.TcpEndPoint);
        await using var db = await server.OpenAsync("shared_sessions=1&cancellation_timeout=1", proxy: proxy);
        var first = await db.QuerySingleAsync<int>("select pg_backend_pid()", Token);
        var link = await proxy.ConnectionAsync(1, Token);
        var before = link.BytesToServer;
        var cancels = Enumerable.Range(0, 21).Select(_ => new CancellationTokenSource()).ToArray();
        var sleeping = cancels.Select(cancel => db.QuerySingleAsync<int>($"select 1 from pg_sleep({600.0})", cancel.Token).AsTask()).ToArray();
        await link.ForwardedAsync(FaultDirection.ToServer, before + 1, Token);
        link.Stall(FaultDirection.ToServer);
        link.Stall(FaultDirection.ToClient);
        proxy.OnConnection(2, FaultPlan.NeverAnswer);

        // The median, as a busy machine may take the processor away in the middle of one.
        var started = Stopwatch.GetTimestamp();
        var inCancel = Array.ConvertAll(cancels, static cancel =>
        {
            var called = Stopwatch.GetTimestamp();
            cancel.Cancel();
            return Stopwatch.GetElapsedTime(called);
        });
        var ends = await Task.WhenAll(sleeping.Select(async (command, i) =>
        {
            var canceled = await Assert.ThrowsAsync<PgCanceledException>(() => command);
            Assert.Equal(cancels[i].Token, canceled.CancellationToken);
            return canceled.Outcome;
        }));
        var inAll = Stopwatch.GetElapsedTime(started);

        Array.Sort(inCancel);
        Assert.True(inCancel[10] < TimeSpan.FromMilliseconds(5), $"Cancel() took {inCancel[10].TotalMilliseconds} ms.");
        Assert.InRange(inAll.TotalSeconds, 0.95, 10);
        Assert.All(ends, outcome => Assert.Equal(Outcome.Unknown, outcome));

        // The cancel met silence too; the session is a new one.
        Assert.NotEqual(first, await db.QuerySingleAsync<int>("select pg_backend_pid()", Token));
        await server.QueryAsync($"SELECT pg_terminate_backend({first})", cancellationToken: Token);
        Array.ForEach(cancels, static cancel => cancel.Dispose());
    }

    [Fact]
    public async Task Cancel_that_overtakes_its_command_on_the_way_is_sent_again()
    {
        var server = await PostgresServer.Shared();
        await using var proxy = FaultProxy.Start(server.TcpEndPoint);
        await using var db = await server.OpenAsync("shared_sessions=1&sslmode=disable&application_name=overtaken", proxy: proxy);
        var process = await db.QuerySingleAsync<int>("select pg_backend_pid()", Token);
        var link = await proxy.ConnectionAsync(1, Token);
        using var cancel = new CancellationTokenSource();
        var before = link.BytesToServer;
        link.Hold(FaultDirection.ToServer);
        var sleeping = db.QuerySingleAsync<int>($"select 1 from pg_sleep({600.0})", cancel.Token).AsTask();
        await link.ArrivedAsync(FaultDirection.ToServer, before + 1, Token);

        // The cancel finds an idle server, which takes no notice.
        cancel.Cancel();
        await (await proxy.ConnectionAsync(2, Token)).Ended;
        link.Release(FaultDirection.ToServer);

        Assert.Equal(Outcome.RolledBack, (await Assert.ThrowsAsync<PgCanceledException>(() => sleeping)).Outcome);
        Assert.Equal(process, await db.QuerySingleAsync<int>("select pg_backend_pid()", Token));
    }

    [Fact]
    public async Task Cancel_behind_a_neighbours_long_command_is_answered_in_time_and_leaves_the_neighbour_alone()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync("shared_sessions=1&cancellation_timeout=1&application_name=behind");
        var process = await db.QuerySingleAsync<int>("select pg_backend_pid()", Token);
        using var cancel = new CancellationTokenSource();

        // The neighbour waits for a lock that is given up below; behind it stands what would never end.
        await using var other = await server.OpenAsync("shared_sessions=1");
        await using var holder = await other.LeaseAsync(Token);
        await holder.QuerySingleAsync<bool>("select pg_try_advisory_lock(4712)", Token);
        var neighbour = db.QuerySingleAsync<int>("select 7 from (select pg_advisory_xact_lock(4712)) s", Token).AsTask();
        await server.UntilSessionsAsync("behind", 1, "wait_event = 'advisory'");
        var sleeping = db.QuerySingleAsync<int>($"select 1 from pg_sleep({600.0})", cancel.Token).AsTask();

        cancel.Cancel();
        var canceled = await Assert.ThrowsAsync<PgCanceledException>(() => sleeping);

        Assert.Equal(Outcome.Unknown, canceled.Outcome);
        Assert.False(neighbour.IsCompleted);
        await holder.QuerySingleAsync<bool>("select pg_advisory_unlock(4712)", Token);
        Assert.Equal(7, await neighbour);

        // Its turn came, and it was cancelled then: the session is free, and still the same.
        Assert.Equal(process, await db.QuerySingleAsync<int>("select pg_backend_pid()", Token));
    }
}
