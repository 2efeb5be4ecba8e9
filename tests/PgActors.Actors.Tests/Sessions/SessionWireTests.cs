using PgActors.Protocol;
using PgActors.Sessions;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>A whole start-up and query, however its bytes are cut and whatever stands between its messages.</summary>
public sealed class SessionWireTests
{
    private static readonly IReadOnlyList<IBackendMessage> Exchange = [.. Replies.Welcome, .. Replies.TwoRows];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Bytes_split_anywhere_give_the_same_result()
    {
        var length = ScriptedConnection.Encode(Exchange).Length;
        for (var split = 1; split < length; split++)
            PlayExchange(Exchange, new MemoryTransportOptions { SplitAt = [split] });
    }

    [Fact]
    public void Bytes_one_at_a_time_give_the_same_result() =>
        PlayExchange(Exchange, new MemoryTransportOptions { MaxBytesPerReceive = 1 });

    [Fact]
    public void Bytes_all_in_one_read_give_the_same_result() => PlayExchange(Exchange, new MemoryTransportOptions());

    [Fact]
    public void News_between_any_two_messages_are_reported_and_disturb_nothing()
    {
        IBackendMessage[] news =
        [
            Replies.Notice,
            new ParameterStatus("TimeZone", "UTC"),
            new NotificationResponse(1, "channel", "payload"),
        ];
        for (var at = 0; at <= Replies.TwoRows.Count; at++)
        {
            IReadOnlyList<IBackendMessage> told = [.. Replies.Welcome, .. Replies.TwoRows.Take(at), .. news, .. Replies.TwoRows.Skip(at)];
            var scene = PlayExchange(told, new MemoryTransportOptions());

            Assert.Single(scene.News, found => found.Kind == SessionNewsKind.Notice);
            Assert.Single(scene.News, found => found is { Kind: SessionNewsKind.Parameter, Detail: ParameterStatus { Name: "TimeZone" } });
            Assert.Single(scene.News, found => found.Kind == SessionNewsKind.Notification);
        }
    }

    [Fact]
    public void Notices_and_settings_between_any_two_messages_of_start_up_disturb_nothing()
    {
        IBackendMessage[] news = [Replies.Notice, new ParameterStatus("TimeZone", "UTC")];
        for (var at = 1; at <= Replies.Welcome.Count; at++)
        {
            IReadOnlyList<IBackendMessage> told = [.. Replies.Welcome.Take(at), .. news, .. Replies.Welcome.Skip(at), .. Replies.TwoRows];
            var scene = PlayExchange(told, new MemoryTransportOptions());

            Assert.Single(scene.News, found => found.Kind == SessionNewsKind.Notice);
            Assert.True(scene.Session.Parameters.TryGet("TimeZone", out var zone));
            Assert.Equal("UTC", zone);
        }
    }

    // The answers may come before the questions as far as the client can see: it posts its command only when it is ready.
    private static Scene PlayExchange(IReadOnlyList<IBackendMessage> told, MemoryTransportOptions client)
    {
        Scene? played = null;
        Scene.Play(
            async scene =>
            {
                played = scene;
                var connection = await scene.ConnectAsync();
                var request = scene.Post();
                var isReady = told.ToList().FindIndex(message => message is ReadyForQuery) + 1;
                await connection.SendAsync([.. told.Take(isReady)], Ct);
                await Scene.ExpectStatementAsync(connection);
                await connection.SendAsync([.. told.Skip(isReady)], Ct);

                var end = await request.Ended;
                await scene.SettleAsync();
                Assert.True(end.Succeeded);
                Assert.Equal(["one", "two"], request.Rows);
                Assert.Equal(1, request.Ends);
                Assert.Equal(TransactionStatus.Idle, scene.Session.Transaction);
            },
            client: client);
        return played!;
    }
}
