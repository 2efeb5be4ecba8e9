using PgActors.Protocol;
using PgActors.Runtime;
using PgActors.Sessions;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>Requests that are posted as one, on the wire and when their connection goes.</summary>
public sealed class SessionSeriesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Group_is_written_as_one_with_one_sync_and_nobody_between() => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var group = SeriesRequest.Chain(3, isAtomic: true);
        Assert.Equal(PostResult.Accepted, scene.Session.TryPost(group[0]));
        var other = scene.Post();

        await ExpectAsync(connection, 3, isAtomic: true);
        await Scene.ExpectStatementAsync(connection);
        for (var i = 0; i < 3; i++)
            await connection.SendAsync([new ParseComplete(), new BindComplete(), new NoData(), new CommandComplete(new CommandTag("INSERT", 1))], Ct);
        await connection.SendAsync([Replies.Ready], Ct);
        await connection.SendAsync(Replies.TwoRows, Ct);

        foreach (var request in group)
            Assert.True((await request.Ended).Succeeded);
        Assert.True((await other.Ended).Succeeded);
    });

    [Fact]
    public void Poster_writes_what_it_posts_while_few_are_in_flight() => Scene.Play(
        async scene =>
        {
            var connection = await scene.StartAsync();
            var transport = Assert.IsType<MemoryTransport>(connection.Transport);
            for (var i = 0; i < 16; i++)
            {
                var before = transport.UnreceivedBytes;
                scene.Post();
                Assert.True(transport.UnreceivedBytes > before);
            }
        },
        profile => profile with { StatementCacheSize = 0 },
        runsInline: true);

    // Whoever has posted so many waits for none of them; what comes now leaves in one write, by a worker.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_posted_while_many_are_in_flight_gathers(bool isTimed) => Scene.Play(
        async scene =>
        {
            var connection = await scene.StartAsync();
            var transport = Assert.IsType<MemoryTransport>(connection.Transport);
            await PostAsync(16);
            await scene.SettleAsync();
            var written = transport.UnreceivedBytes;
            await PostAsync(3);
            Assert.Equal(written, transport.UnreceivedBytes);
            await scene.SettleAsync();
            Assert.True(transport.UnreceivedBytes > written);
            for (var i = 0; i < 19; i++)
                await Scene.ExpectStatementAsync(connection);

            async Task PostAsync(int count)
            {
                for (var i = 0; i < count; i++)
                    Assert.Equal(PostResult.Accepted, await scene.Session.PostAsync(new TextRequest("select name from names"), Ct));
            }
        },
        profile => profile with { StatementCacheSize = 0, CommandTimeout = isTimed ? TimeSpan.FromMinutes(1) : null },
        runsInline: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Series_larger_than_what_may_be_in_flight_is_written_to_its_end(bool isAtomic) => Scene.Play(
        async scene =>
        {
            var connection = await scene.StartAsync();
            var series = SeriesRequest.Chain(10, isAtomic);
            Assert.Equal(PostResult.Accepted, scene.Session.TryPost(series[0]));
            for (var i = 0; i < series.Length; i++)
            {
                await ExpectAsync(connection, isAtomic ? series.Length : 1, isAtomic);
                await connection.SendAsync(
                    [
                        .. Enumerable.Repeat(
                            (IBackendMessage[])[new ParseComplete(), new BindComplete(), new NoData(), new CommandComplete(new CommandTag("INSERT", 1))],
                            isAtomic ? series.Length : 1).SelectMany(messages => messages),
                        Replies.Ready,
                    ],
                    Ct);
                if (isAtomic)
                    break;
            }

            foreach (var request in series)
                Assert.True((await request.Ended).Succeeded);
        },
        profile => profile with { MaxInFlight = 3, StatementCacheSize = 0 });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Series_that_waits_is_cancelled_as_a_whole(bool isAtomic) => Scene.Play(async scene =>
    {
        var series = SeriesRequest.Chain(4, isAtomic);
        Assert.Equal(PostResult.Accepted, scene.Session.TryPost(series[0]));
        scene.Session.Cancel(series[0]);
        foreach (var request in series)
        {
            var end = await request.Ended;
            Assert.Equal((CommandEnd.NotSent, true), (end.Command.End, end.CancelWanted));
        }

        var connection = await scene.StartAsync();
        var other = scene.Post();
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync(Replies.TwoRows, Ct);
        Assert.True((await other.Ended).Succeeded);
    });

    [Fact]
    public void Error_in_a_group_ends_each_of_it_in_its_way() => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var group = SeriesRequest.Chain(3, isAtomic: true);
        scene.Session.TryPost(group[0]);
        await ExpectAsync(connection, 3, isAtomic: true);
        await connection.SendAsync(
            [
                new ParseComplete(), new BindComplete(), new NoData(), new CommandComplete(new CommandTag("INSERT", 1)),
                new ParseComplete(), Replies.Error("22012"), Replies.Ready,
            ],
            Ct);

        CommandEnd[] expected = [CommandEnd.RolledBack, CommandEnd.Failed, CommandEnd.Skipped];
        for (var i = 0; i < 3; i++)
            Assert.Equal((expected[i], Outcome.RolledBack), ((await group[i].Ended).Command.End, (await group[i].Ended).Command.Outcome));
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Group_that_waits_ends_as_a_whole_whichever_of_it_is_cancelled(int cancelled) => Scene.Play(async scene =>
    {
        var connection = await scene.ConnectAsync();
        var last = new TextRequest("select 3");
        var middle = new TextRequest("select 2", last);
        var first = new TextRequest("begin", middle);
        scene.Session.TryPost(first);
        TextRequest[] group = [first, middle, last];
        scene.Session.Cancel(group[cancelled]);
        foreach (var request in group)
            Assert.Equal((CommandEnd.NotSent, true), ((await request.Ended).Command.End, request.CancelWanted));

        var next = scene.Post();
        await connection.SendAsync(Replies.Welcome, Ct);
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync(Replies.TwoRows, Ct);
        Assert.True((await next.Ended).Succeeded);
        Assert.All(group, request => Assert.Equal(1, request.Ends));
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Group_of_which_one_cannot_be_written_is_refused_before_a_byte(int culprit) => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var last = new TextRequest("select 3");
        var middle = new TextRequest("select 2", last);
        var first = new TextRequest("begin", middle);
        TextRequest[] group = [first, middle, last];
        group[culprit].With(parameterCount: 70_000);
        scene.Session.TryPost(first);

        foreach (var request in group)
        {
            var end = await request.Ended;
            Assert.Equal((CommandEnd.NotSent, SessionFailureKind.PolicyRefused), (end.Command.End, end.Failure?.Kind));
        }

        var next = scene.Post("select 4");
        Assert.Equal("select 4", (await connection.ExpectAsync<Parse>(Ct)).Sql);
        for (var i = 0; i < 4; i++)
            await connection.ReceiveAsync(Ct);
        await connection.SendAsync(Replies.TwoRows, Ct);
        Assert.True((await next.Ended).Succeeded);
    });

    private static async Task ExpectAsync(ScriptedConnection connection, int commands, bool isAtomic)
    {
        for (var i = 0; i < commands; i++)
        {
            await connection.ExpectAsync<Parse>(Ct);
            await connection.ExpectAsync<Bind>(Ct);
            await connection.ExpectAsync<Describe>(Ct);
            await connection.ExpectAsync<Execute>(Ct);
            if (!isAtomic)
                await connection.ExpectAsync<Sync>(Ct);
        }

        if (isAtomic)
            await connection.ExpectAsync<Sync>(Ct);
    }
}
