using PgActors.Protocol;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>Many commands in flight: what waits comes in large parts, and so do answers, but none is kept back for long.</summary>
public sealed class SessionCrowdTests
{
    private const int Crowd = 64;

    private static readonly IBackendMessage[] Answer =
    [
        new ParseComplete(), new BindComplete(), new NoData(), new CommandComplete(new CommandTag("INSERT", 1)), Replies.Ready,
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void What_waits_comes_together_when_a_half_has_ended() => Scene.Play(
        async scene =>
        {
            var connection = await scene.StartAsync();
            var requests = Post(scene, 8);
            await ExpectAsync(connection, 4);
            await connection.SendAsync(Answer, Ct);
            Assert.True((await requests[0].Ended).Succeeded);
            await scene.SettleAsync();
            Assert.Equal(0, End(connection).UnreceivedBytes);

            await connection.SendAsync(Answer, Ct);
            await ExpectAsync(connection, 2);
            await AnswerAsync(connection, 4);
            await ExpectAsync(connection, 2);
            await AnswerAsync(connection, 2);
            foreach (var request in requests)
                Assert.True((await request.Ended).Succeeded);
        },
        profile => profile with { MaxInFlight = 4, StatementCacheSize = 0 });

    [Fact]
    public void Few_have_each_answer_at_once() => Play(Crowd - 1, async (scene, connection, requests) =>
    {
        Assert.Equal(1, End(connection).PeerLowWaterMark);
        await connection.SendAsync(Answer, Ct);
        await AtOnceAsync(scene, requests[0]);
        await AnswerAsync(connection, Crowd - 2);
    });

    [Fact]
    public void Crowd_is_not_woken_for_each_answer() => Play(Crowd, async (scene, connection, requests) =>
    {
        Assert.InRange(End(connection).PeerLowWaterMark, 2, Crowd * 16);
        await connection.SendAsync(Answer, Ct);
        await InNoTimeAsync();
        Assert.False(requests[0].Ended.IsCompleted);

        await AnswerAsync(connection, Crowd / 2);
        await AtOnceAsync(scene, requests[Crowd / 2]);
        await AnswerAsync(connection, (Crowd / 2) - 1);
    });

    [Fact]
    public void Answer_in_front_of_a_slow_statement_is_not_kept_back_for_long() => Play(Crowd, async (scene, connection, requests) =>
    {
        await connection.SendAsync(Answer, Ct);
        await scene.ElapseAsync(TimeSpan.FromMilliseconds(3));
        Assert.True(requests[0].Ended.IsCompleted);
        await AnswerAsync(connection, Crowd - 1);
    });

    // As under TLS, where bytes on the socket are not bytes of answers.
    [Fact]
    public void Crowd_whose_bytes_cannot_be_counted_has_each_answer_at_once() => Play(
        Crowd + 1,
        async (scene, connection, requests) =>
        {
            await connection.SendAsync(Answer, Ct);
            await AtOnceAsync(scene, requests[0]);
            await connection.SendAsync(Answer, Ct);
            await AtOnceAsync(scene, requests[1]);
            await AnswerAsync(connection, Crowd - 1);
        },
        canPoll: false);

    // Everything that needs no time has happened.
    private static async Task InNoTimeAsync()
    {
        for (var i = 0; i < 1_000; i++)
            await Task.Yield();
    }

    private static async Task AtOnceAsync(Scene scene, TextRequest request)
    {
        var now = scene.Simulation.Time.GetTimestamp();
        Assert.True((await request.Ended).Succeeded);
        Assert.Equal(now, scene.Simulation.Time.GetTimestamp());
    }

    private static MemoryTransport End(ScriptedConnection connection) => (MemoryTransport)connection.Transport;

    private static void Play(int count, Func<Scene, ScriptedConnection, TextRequest[], Task> script, bool canPoll = true) => Scene.Play(
        async scene =>
        {
            var connection = await scene.StartAsync();
            var requests = Post(scene, count);
            await ExpectAsync(connection, count);
            await InNoTimeAsync();
            await script(scene, connection, requests);
            foreach (var request in requests)
                Assert.True((await request.Ended).Succeeded);
        },
        profile => profile with { StatementCacheSize = 0 },
        client: new MemoryTransportOptions { CanPoll = canPoll });

    private static TextRequest[] Post(Scene scene, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => scene.Post("insert into t values (1)"))];

    private static async Task ExpectAsync(ScriptedConnection connection, int count)
    {
        for (var i = 0; i < count; i++)
            await Scene.ExpectStatementAsync(connection);
    }

    private static async Task AnswerAsync(ScriptedConnection connection, int count)
    {
        for (var i = 0; i < count; i++)
            await connection.SendAsync(Answer, Ct);
    }
}
