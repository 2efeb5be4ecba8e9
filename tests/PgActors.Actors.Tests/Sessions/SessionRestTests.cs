using PgActors.Protocol;
using PgActors.Sessions;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>A session that has answered everything: when it hears its server, and what it finds before it sends again.</summary>
public sealed class SessionRestTests
{
    // Longer than the two pauses after which a quiet session listens.
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(25);

    private static readonly MemoryTransportOptions Clear = new() { CanPoll = true };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Session_at_rest_arms_nothing_and_the_next_command_is_answered() => Scene.Play(
        async scene =>
        {
            var connection = await StartAsync(scene);
            for (var i = 0; i < 3; i++)
            {
                await AnswerAsync(scene, connection);
                await scene.SettleAsync();
                Assert.False(End(connection).IsPeerReceiving);
            }
        },
        client: Clear);

    [Fact]
    public void Quiet_session_listens_and_hears_what_the_server_says_by_itself() => Scene.Play(
        async scene =>
        {
            var connection = await StartAsync(scene);
            await AnswerAsync(scene, connection);
            await scene.ElapseAsync(Long);
            await connection.SendAsync([Replies.Notice], Ct);
            await scene.SettleAsync();

            Assert.Contains(scene.News, news => news.Kind == SessionNewsKind.Notice);
            await AnswerAsync(scene, connection);
        },
        client: Clear);

    [Fact]
    public void What_came_at_rest_is_not_lost_to_the_next_command() => Scene.Play(
        async scene =>
        {
            var connection = await StartAsync(scene);
            await AnswerAsync(scene, connection);
            await connection.SendAsync([Replies.Notice], Ct);
            await AnswerAsync(scene, connection);
            Assert.Single(scene.News, news => news.Kind == SessionNewsKind.Notice);
        },
        client: Clear);

    [Fact]
    public void Setting_that_was_changed_at_rest_is_reset_before_the_next_command() => Scene.Play(
        async scene =>
        {
            var connection = await StartAsync(scene);
            await AnswerAsync(scene, connection);
            await connection.SendAsync([new ParameterStatus("TimeZone", "Asia/Tokyo")], Ct);
            var request = scene.Post();

            Assert.Equal("DISCARD ALL", (await connection.ExpectAsync<Query>(Ct)).Sql);
            await connection.SendAsync([new CommandComplete(new CommandTag("DISCARD ALL", null)), Replies.Ready], Ct);
            await Scene.ExpectStatementAsync(connection);
            await connection.SendAsync(Replies.TwoRows, Ct);
            Assert.True((await request.Ended).Succeeded);
            await AnswerAsync(scene, connection);
        },
        profile => profile with { IsShared = true },
        Clear);

    [Fact]
    public void End_of_the_server_at_rest_is_found_before_anything_is_sent() => Scene.Play(
        async scene =>
        {
            var connection = await StartAsync(scene);
            await AnswerAsync(scene, connection);
            await connection.CloseAsync();
            var request = scene.Post();

            Assert.Equal(SessionFailureKind.ConnectionLost, (await scene.Ended).Kind);
            Assert.False(request.Ended.IsCompleted);
            scene.Session.Stop();
            Assert.Equal(Outcome.NotSent, (await request.Ended).Command.Outcome);
        },
        client: Clear);

    [Fact]
    public void End_of_the_server_is_heard_by_a_quiet_session() => Scene.Play(
        async scene =>
        {
            var connection = await StartAsync(scene);
            await AnswerAsync(scene, connection);
            await connection.CloseAsync();
            await scene.ElapseAsync(Long);
            Assert.True(scene.Ended.IsCompleted);
        },
        client: Clear);

    [Fact]
    public void Transport_that_cannot_be_asked_is_listened_to_at_once() => Scene.Play(
        async scene =>
        {
            var connection = await StartAsync(scene);
            await AnswerAsync(scene, connection);
            await scene.SettleAsync();
            Assert.True(End(connection).IsPeerReceiving);
            await connection.SendAsync([Replies.Notice], Ct);
            await scene.SettleAsync();
            Assert.Single(scene.News, news => news.Kind == SessionNewsKind.Notice);

            await AnswerAsync(scene, connection);
            await connection.CloseAsync();
            await scene.SettleAsync();
            Assert.True(scene.Ended.IsCompleted);
        },
        client: new MemoryTransportOptions { CanPoll = false });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Quiet_session_waits_without_a_buffer(bool canPoll) => Scene.Play(
        async scene =>
        {
            var connection = await StartAsync(scene);
            await AnswerAsync(scene, connection);
            await scene.ElapseAsync(Long);
            Assert.True(End(connection).IsPeerListening);
            await AnswerAsync(scene, connection);
            await scene.ElapseAsync(Long);
            Assert.True(End(connection).IsPeerListening);
        },
        client: new MemoryTransportOptions { CanPoll = canPoll });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Session_that_had_to_show_a_sign_of_life_hears_its_server_again(bool wasQuiet) => Scene.Play(
        async scene =>
        {
            var connection = await StartAsync(scene);
            if (wasQuiet)
                await scene.ElapseAsync(Long);
            scene.Session.Doubt();
            await connection.ExpectAsync<Query>(Ct);
            await connection.SendAsync([new EmptyQueryResponse(), Replies.Ready], Ct);
            await scene.SettleAsync();
            await connection.CloseAsync();
            await scene.ElapseAsync(Long);
            Assert.True(scene.Ended.IsCompleted);
        },
        client: Clear);

    [Fact]
    public void Session_in_use_does_not_listen_between_its_commands() => Scene.Play(
        async scene =>
        {
            var connection = await StartAsync(scene);
            for (var i = 0; i < 20; i++)
            {
                await AnswerAsync(scene, connection);
                await scene.ElapseAsync(TimeSpan.FromMilliseconds(5));
                Assert.False(End(connection).IsPeerReceiving);
            }
        },
        client: Clear);

    private static MemoryTransport End(ScriptedConnection connection) => (MemoryTransport)connection.Transport;

    private static async Task<ScriptedConnection> StartAsync(Scene scene)
    {
        var connection = await scene.StartAsync();
        await AnswerAsync(scene, connection);
        return connection;
    }

    private static async Task AnswerAsync(Scene scene, ScriptedConnection connection)
    {
        var request = scene.Post();
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync(Replies.TwoRows, Ct);
        Assert.True((await request.Ended).Succeeded);
        Assert.Equal(["one", "two"], request.Rows);
    }
}
