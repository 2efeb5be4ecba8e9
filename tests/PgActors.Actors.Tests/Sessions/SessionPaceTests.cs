using PgActors.Protocol;
using PgActors.Rows;
using PgActors.Sessions;
using PgActors.Testing;
using PgActors.Types;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>A long result that comes fast: it is received in large pieces, and what is left when it pauses is not left lying.</summary>
public sealed class SessionPaceTests
{
    private const int RowBytes = 1024;
    private const int RowsUntilFast = (5 << 20) / RowBytes;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Few_rows_behind_many_are_there_after_a_pause(bool canPoll) => Scene.Play(
        async scene =>
        {
            var (connection, request) = await StreamAsync(scene);
            await connection.SendAsync([.. Enumerable.Repeat<IBackendMessage>(Row, RowsUntilFast)], Ct);
            await scene.ElapseAsync(TimeSpan.FromMilliseconds(5));
            Assert.Equal(RowsUntilFast, request.Rows.Count);

            for (var i = 1; i <= 3; i++)
            {
                await connection.SendAsync([Row], Ct);
                await scene.ElapseAsync(TimeSpan.FromMilliseconds(5));
                Assert.Equal(RowsUntilFast + i, request.Rows.Count);
            }

            await EndAsync(connection, request);
        },
        client: new MemoryTransportOptions { CanPoll = canPoll });

    [Fact]
    public void While_rows_come_fast_a_few_wake_nobody() => Scene.Play(
        async scene =>
        {
            var (connection, request) = await StreamAsync(scene);
            await connection.SendAsync([.. Enumerable.Repeat<IBackendMessage>(Row, RowsUntilFast)], Ct);
            await scene.ElapseAsync(TimeSpan.FromMicroseconds(500));
            Assert.True(End(connection).PeerLowWaterMark > RowBytes);
            var before = request.Rows.Count;
            await connection.SendAsync([Row], Ct);
            await scene.ElapseAsync(TimeSpan.FromMicroseconds(100));
            Assert.Equal(before, request.Rows.Count);

            await scene.ElapseAsync(TimeSpan.FromMilliseconds(5));
            Assert.Equal(RowsUntilFast + 1, request.Rows.Count);
            Assert.Equal(1, End(connection).PeerLowWaterMark);
            await EndAsync(connection, request);
        },
        client: new MemoryTransportOptions { CanPoll = true });

    [Fact]
    public void End_behind_many_rows_is_told_and_the_session_goes_on() => Scene.Play(
        async scene =>
        {
            var (connection, request) = await StreamAsync(scene);
            await connection.SendAsync([.. Enumerable.Repeat<IBackendMessage>(Row, RowsUntilFast)], Ct);
            await EndAsync(connection, request);

            var next = scene.Post();
            await Scene.ExpectStatementAsync(connection);
            await connection.SendAsync(Replies.TwoRows, Ct);
            Assert.True((await next.Ended).Succeeded);
        },
        client: new MemoryTransportOptions { CanPoll = true });

    [Fact]
    public void Loss_behind_many_rows_is_told() => Scene.Play(
        async scene =>
        {
            var (connection, request) = await StreamAsync(scene);
            await connection.SendAsync([.. Enumerable.Repeat<IBackendMessage>(Row, RowsUntilFast)], Ct);
            await connection.CloseAsync();
            Assert.Equal(SessionFailureKind.ConnectionLost, (await request.Ended).Failure?.Kind);
        },
        client: new MemoryTransportOptions { CanPoll = true });

    private static DataRow Row { get; } =
        new(WireArray.Adopt(new WireArray<byte>?[] { WireArray.Adopt(Enumerable.Repeat((byte)'x', RowBytes - 11).ToArray()) }));

    private static MemoryTransport End(ScriptedConnection connection) => (MemoryTransport)connection.Transport;

    private static async Task<(ScriptedConnection Connection, TextRequest Request)> StreamAsync(Scene scene)
    {
        var connection = await scene.StartAsync();
        var request = new TextRequest("select name from names", window: 256 * 1024, consumed: scene.Session.Consumed);
        scene.Session.TryPost(request);
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync(
            [
                new ParseComplete(),
                new BindComplete(),
                new RowDescription(WireArray.Adopt(new[] { new ColumnDescription("name", 0, 0, PgTypeOid.Text, -1, -1, DataFormat.Binary) })),
            ],
            Ct);
        return (connection, request);
    }

    private static async Task EndAsync(ScriptedConnection connection, TextRequest request)
    {
        await connection.SendAsync([new CommandComplete(new CommandTag("SELECT", 1)), Replies.Ready], Ct);
        Assert.True((await request.Ended).Succeeded);
    }
}
