using PgActors.Routing;
using PgActors.Sessions;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Routing;

public sealed class LeasePoolTests
{
    private static readonly LeaseSettings One = new() { MaxSessions = 1 };

    [Fact]
    public void Session_is_used_again_and_made_only_as_wanted() => LeaseScene.Play(new LeaseSettings { MaxSessions = 3 }, async scene =>
    {
        var first = await scene.AcquireAsync();
        scene.Return(first);
        var again = await scene.AcquireAsync();
        var second = await scene.AcquireAsync();

        Assert.Same(first, again);
        Assert.NotSame(first, second);
        Assert.Equal(2, scene.Pool.Count);
    });

    [Fact]
    public void Waiters_are_served_in_the_order_they_came() => LeaseScene.Play(One, async scene =>
    {
        var session = await scene.AcquireAsync();
        var order = new List<int>();
        var waiting = Enumerable.Range(0, 20).Select(async i =>
        {
            var granted = await scene.AcquireAsync();
            order.Add(i);
            scene.Return(granted);
        }).ToArray();

        scene.Return(session);
        await Task.WhenAll(waiting);

        Assert.Equal(Enumerable.Range(0, 20), order);
        Assert.Equal(1, scene.Server.Counters.Sessions);
    });

    [Fact]
    public void Waiter_that_is_not_served_in_time_is_refused_and_the_next_is_not() =>
        LeaseScene.Play(One with { WaitTimeout = TimeSpan.FromSeconds(10) }, async scene =>
        {
            var session = await scene.AcquireAsync("the holder");
            var early = scene.AcquireAsync();
            await scene.PassAsync(TimeSpan.FromSeconds(6));
            var late = scene.AcquireAsync();

            var refused = await Assert.ThrowsAsync<PgPoolExhaustedException>(() => early);
            Assert.Equal(TimeSpan.FromSeconds(10), refused.Waited);
            Assert.Contains("lease_timeout", refused.Message, StringComparison.Ordinal);
            Assert.Equal("Held for 10 s", Assert.Single(refused.Holders)[..13]);
            Assert.EndsWith("the holder", refused.Holders[0], StringComparison.Ordinal);
            Assert.False(late.IsCompleted);

            scene.Return(session);
            Assert.Same(session, await late);
        });

    [Fact]
    public void Line_is_bounded_and_says_so() => LeaseScene.Play(One with { MaxWaiters = 2 }, async scene =>
    {
        var session = await scene.AcquireAsync();
        var first = scene.AcquireAsync();
        var second = scene.AcquireAsync();
        var third = await Assert.ThrowsAsync<PgPoolExhaustedException>(() => scene.AcquireAsync());

        Assert.Contains("max_lease_waiters", third.Message, StringComparison.Ordinal);
        Assert.Equal(Outcome.NotSent, third.Outcome);
        scene.Return(session);
        scene.Return(await first);
        Assert.Same(session, await second);
    });

    [Fact]
    public void Waiter_that_gives_up_before_it_stands_in_line_takes_no_place_in_it() => LeaseScene.Play(One, async scene =>
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAsync<PgCanceledException>(() => scene.AcquireUnlessAsync(source.Token));

        scene.Return(await scene.AcquireAsync());
        Assert.Equal(0, scene.Pool.Snapshot().Waiting);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Waiter_that_gives_up_loses_nothing_to_anybody(bool givesUpFirst) => LeaseScene.Play(One, async scene =>
    {
        var session = await scene.AcquireAsync();
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(givesUpFirst ? 10 : 20), scene.Simulation.Time);
        var leaving = scene.AcquireUnlessAsync(source.Token);
        var staying = scene.AcquireAsync();
        await scene.PassAsync(TimeSpan.FromMilliseconds(15));
        scene.Return(session);
        await scene.PassAsync(TimeSpan.FromMilliseconds(10));

        // Granted or cancelled, never both and never neither.
        var failure = await Record.ExceptionAsync(async () => scene.Return(await leaving));
        Assert.Equal(givesUpFirst, failure is PgCanceledException { Outcome: Outcome.NotSent });
        Assert.Equal(!givesUpFirst, failure is null);
        Assert.Same(session, await staying);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Hand_over_and_giving_up_in_any_order_leave_every_session_free(int seed) => LeaseScene.Play(
        new LeaseSettings { MaxSessions = 2 },
        async scene =>
        {
            var random = new Random(seed);
            await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
            {
                await scene.PassAsync(TimeSpan.FromMilliseconds(random.Next(50)));
                using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(5)), scene.Simulation.Time);
                try
                {
                    var session = await scene.AcquireUnlessAsync(source.Token);
                    await scene.PassAsync(TimeSpan.FromMilliseconds(random.Next(3)));
                    scene.Return(session);
                }
                catch (PgCanceledException)
                {
                }
            }));

            await scene.SettleAsync();
            var both = await Task.WhenAll(scene.AcquireAsync(), scene.AcquireAsync());
            Assert.NotSame(both[0], both[1]);
        },
        seed: seed,
        runsInline: seed % 2 == 0);

    [Fact]
    public void Session_idle_for_long_gives_a_sign_of_life_first() =>
        LeaseScene.Play(One with { ValidateAfter = TimeSpan.FromSeconds(30), IdleLifetime = null }, async scene =>
        {
            scene.Return(await scene.AcquireAsync());
            await scene.PassAsync(TimeSpan.FromSeconds(29));
            scene.Return(await scene.AcquireAsync());
            var messages = Assert.Single(scene.Server.Connections).MessagesReceived;

            await scene.PassAsync(TimeSpan.FromSeconds(31));
            var session = await scene.AcquireAsync();

            Assert.Equal(messages + 1, Assert.Single(scene.Server.Connections).MessagesReceived);
            Assert.Equal(1, scene.Server.Counters.Sessions);
            scene.Return(session);
        });

    [Fact]
    public void Idle_session_that_gives_no_sign_of_life_is_replaced()
    {
        var isSilent = false;
        LeaseScene.Play(
            One with { ValidateAfter = TimeSpan.FromSeconds(30), IdleLifetime = null },
            async scene =>
            {
                var dead = await scene.AcquireAsync();
                scene.Return(dead);
                await scene.PassAsync(TimeSpan.FromSeconds(31));
                isSilent = true;

                var session = await scene.AcquireAsync();

                Assert.NotSame(dead, session);
                scene.Server.Release("silent");
            },
            (_, connection) => connection == 1 ? LeaseScene.Silent(() => isSilent, "silent") : ModelFaults.None);
    }

    [Fact]
    public void Session_that_nobody_wants_is_closed() =>
        LeaseScene.Play(new LeaseSettings { MaxSessions = 4, IdleLifetime = TimeSpan.FromMinutes(5) }, async scene =>
        {
            var sessions = await Task.WhenAll(scene.AcquireAsync(), scene.AcquireAsync(), scene.AcquireAsync());
            foreach (var session in sessions)
                scene.Return(session);
            for (var minute = 0; minute < 6; minute++)
            {
                await scene.PassAsync(TimeSpan.FromMinutes(1));
                scene.Return(await scene.AcquireAsync());
            }

            await scene.SettleAsync();
            Assert.Equal(1, scene.Pool.Count);
            await scene.PassAsync(TimeSpan.FromMinutes(6));
            Assert.Equal(0, scene.Pool.Count);
        });

    [Fact]
    public void Session_is_replaced_when_it_is_old_and_not_while_it_is_held() =>
        LeaseScene.Play(One with { Lifetime = TimeSpan.FromHours(1), IdleLifetime = null, ValidateAfter = null }, async scene =>
        {
            var session = await scene.AcquireAsync();
            await scene.PassAsync(TimeSpan.FromHours(2));
            Assert.True(session.IsReady);

            scene.Return(session);
            var next = await scene.AcquireAsync();

            Assert.NotSame(session, next);
        });

    [Fact]
    public void Lifetimes_are_spread_so_that_sessions_of_one_age_do_not_end_at_once() =>
        LeaseScene.Play(
            new LeaseSettings { MaxStarts = 16, Lifetime = TimeSpan.FromHours(1), IdleLifetime = null, ValidateAfter = null },
            async scene =>
            {
                var sessions = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => scene.AcquireAsync()));
                foreach (var session in sessions)
                    scene.Return(session);

                await scene.PassAsync(TimeSpan.FromMinutes(53));
                Assert.Equal(16, scene.Pool.Count);
                await scene.PassAsync(TimeSpan.FromMinutes(7));
                Assert.InRange(scene.Pool.Count, 1, 15);
                await scene.PassAsync(TimeSpan.FromMinutes(8));
                Assert.Equal(0, scene.Pool.Count);
            });

    [Fact]
    public void Session_held_for_long_is_reported_once() => LeaseScene.Play(new LeaseSettings(), async scene =>
    {
        var first = await scene.AcquireAsync("first");
        await scene.PassAsync(TimeSpan.FromSeconds(40));
        var second = await scene.AcquireAsync("second");
        await scene.PassAsync(TimeSpan.FromSeconds(30));
        var report = Assert.Single(scene.Reports);
        Assert.Equal(("first", TimeSpan.FromMinutes(1)), (report.Holder.Statement, report.Held));

        await scene.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(["first", "second"], scene.Reports.Select(held => held.Holder.Statement));
        scene.Return(first);
        scene.Return(second);
    });

    [Fact]
    public void Outage_is_told_to_everybody_who_waits() => LeaseScene.Play(new LeaseSettings { MaxSessions = 2 }, async scene =>
    {
        scene.IsDown = true;
        var failures = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Record.ExceptionAsync(() => scene.AcquireAsync()).AsTask()));

        Assert.All(failures, failure => Assert.Equal(SessionFailureKind.Unreachable, Assert.IsType<PgConnectionException>(failure).Kind));
        scene.IsDown = false;
        scene.Return(await scene.AcquireAsync());
    });

    [Fact]
    public void Thousand_waiters_connect_within_the_budget() => LeaseScene.Play(new LeaseSettings(), async scene =>
    {
        var most = 0;
        var held = 0;
        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(async _ =>
        {
            var session = await scene.AcquireAsync();
            most = Math.Max(most, ++held);
            await scene.PassAsync(TimeSpan.FromMilliseconds(1));
            held--;
            scene.Return(session);
        }));

        Assert.InRange(most, 1, 16);
        Assert.InRange(scene.Server.Counters.Sessions, 1, 16);
    });

    [Fact]
    public void Place_of_a_session_is_free_only_when_that_has_ended()
    {
        LeaseScene.Play(
            One,
            async scene =>
            {
                var session = await scene.AcquireAsync();
                scene.Return(session, SessionTraces.Libraries);
                var next = scene.AcquireAsync();
                Assert.NotSame(session, await next);
                Assert.Equal(1, scene.Pool.Count);
                Assert.True(session.IsStopped);
            });
    }

    [Fact]
    public void Session_returned_twice_is_not_given_to_two() => LeaseScene.Play(new LeaseSettings { MaxSessions = 2 }, async scene =>
    {
        var session = await scene.AcquireAsync();
        scene.Return(session);
        scene.Return(session);
        var both = await Task.WhenAll(scene.AcquireAsync(), scene.AcquireAsync());

        Assert.NotSame(both[0], both[1]);
    });

    [Fact]
    public void Pool_that_is_closed_answers_those_who_wait_and_refuses_those_who_come() => LeaseScene.Play(One, async scene =>
    {
        var session = await scene.AcquireAsync();
        var waiting = scene.AcquireAsync();
        var stopped = scene.Pool.StopAsync();

        Assert.Equal(SessionFailureKind.Closed, (await Assert.ThrowsAsync<PgConnectionException>(() => waiting)).Kind);
        Assert.Equal(SessionFailureKind.Closed, (await Assert.ThrowsAsync<PgConnectionException>(() => scene.AcquireAsync())).Kind);
        scene.Return(session);
        await stopped;
    });
}
