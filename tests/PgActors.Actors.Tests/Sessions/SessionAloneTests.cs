using PgActors.Protocol;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>What a pooler might pass on in parts, and what stands before it.</summary>
public sealed class SessionAloneTests
{
    private const int Large = 70_000;

    private static readonly IBackendMessage[] Done =
        [new ParseComplete(), new BindComplete(), new NoData(), new CommandComplete(new CommandTag("DELETE", 1))];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Large_command_or_group_follows_nobody_who_is_not_answered(bool isGroup) => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var before = scene.Post("delete from names");
        await Scene.ExpectStatementAsync(connection);
        var request = isGroup ? new TextRequest(Text(Large / 2), new TextRequest(Text(Large / 2))) : new TextRequest(Text(Large));
        scene.Session.TryPost(request);
        await scene.SettleAsync();
        Assert.Equal(0, connection.BufferedBytes);
        Assert.Equal(0, Assert.IsType<MemoryTransport>(connection.Transport).UnreceivedBytes);

        await connection.SendAsync([.. Done, Replies.Ready], Ct);
        Assert.True((await before.Ended).Succeeded);
        await ExpectUnsyncedAsync(connection);
        if (isGroup)
            await ExpectUnsyncedAsync(connection);
        await connection.ExpectAsync<Sync>(Ct);
        await connection.SendAsync([.. Done, .. isGroup ? Done : [], Replies.Ready], Ct);
        Assert.True((await request.Ended).Succeeded);
    });

    [Fact]
    public void Groups_of_a_series_that_are_small_by_themselves_are_pipelined() => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        scene.Post("delete from names");
        scene.Post(Text(Large / 2));
        scene.Post(Text(Large / 2));
        for (var i = 0; i < 3; i++)
            await Scene.ExpectStatementAsync(connection);
        for (var i = 0; i < 3; i++)
            await connection.SendAsync([.. Done, Replies.Ready], Ct);
    });

    private static string Text(int length) => $"delete from names where name = '{new string('x', length)}'";

    private static async Task ExpectUnsyncedAsync(ScriptedConnection connection)
    {
        await connection.ExpectAsync<Parse>(Ct);
        await connection.ExpectAsync<Bind>(Ct);
        await connection.ExpectAsync<Describe>(Ct);
        await connection.ExpectAsync<Execute>(Ct);
    }
}
