using System.Buffers.Binary;
using System.Text;
using PgActors.Protocol;
using PgActors.Sessions;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>Parameters that are read while they are sent: what is on the wire, at whose pace, and how it ends.</summary>
public sealed class SessionFeedingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Parameters_stand_in_their_order_whatever_they_are_read_from() => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var request = Insert(new MemoryStream("first"u8.ToArray()), new MemoryStream("second"u8.ToArray()));
        scene.Session.TryPost(request);
        await AnswerDescriptionAsync(connection);

        var bind = await connection.ExpectAsync<Bind>(Ct);
        Assert.Equal(["first", "second"], bind.Parameters.ToArray().Select(value => Encoding.UTF8.GetString(value!.Value.Span)));
        await connection.ExpectAsync<Execute>(Ct);
        await connection.ExpectAsync<Sync>(Ct);
        await connection.SendAsync([new BindComplete(), Inserted, Replies.Ready], Ct);
        Assert.True((await request.Ended).Succeeded);
    });

    [Fact]
    public void Next_request_waits_until_the_last_piece_is_written() => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var request = Insert(new SlowStream("first"u8.ToArray(), scene.Simulation.Time), new MemoryStream("second"u8.ToArray()));
        scene.Session.TryPost(request);
        var next = scene.Post();
        await AnswerDescriptionAsync(connection);
        await scene.SettleAsync();
        Assert.Equal(SessionRequestState.Waiting, next.State);

        await connection.ExpectAsync<Bind>(Ct);
        await connection.ExpectAsync<Execute>(Ct);
        await connection.ExpectAsync<Sync>(Ct);
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync([new BindComplete(), Inserted, Replies.Ready, .. Replies.TwoRows], Ct);
        Assert.True((await request.Ended).Succeeded);
        Assert.True((await next.Ended).Succeeded);
    });

    [Fact]
    public void Error_in_the_middle_of_the_message_is_told_and_closes_the_connection() => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var request = Insert(new SlowStream("first"u8.ToArray(), scene.Simulation.Time), new MemoryStream("second"u8.ToArray()));
        scene.Session.TryPost(request);
        await AnswerDescriptionAsync(connection);
        await scene.SettleAsync();
        await connection.SendAsync(Replies.Error(SqlStates.QueryCanceled), Ct);

        var end = await request.Ended;
        Assert.Equal((CommandEnd.Failed, Outcome.RolledBack), (end.Command.End, end.Command.Outcome));
        Assert.Equal(SqlStates.QueryCanceled, end.Command.Error?.SqlState);
        Assert.Equal(SessionFailureKind.ServerEnded, (await scene.Ended).Kind);
    });

    [Fact]
    public void Piece_that_comes_after_the_end_is_nobodys() => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var request = Insert(new SlowStream("first"u8.ToArray(), scene.Simulation.Time), new MemoryStream("second"u8.ToArray()));
        scene.Session.TryPost(request);
        await AnswerDescriptionAsync(connection);
        await scene.SettleAsync();
        scene.Session.Cancel(request);

        var end = await request.Ended;
        Assert.Equal((CommandEnd.NeverRun, Outcome.RolledBack), (end.Command.End, end.Command.Outcome));
        Assert.True(end.CancelWanted);
        await scene.ElapseAsync(2 * SlowStream.Delay);
        Assert.Equal(1, request.Ends);
    });

    [Fact]
    public void Source_is_read_no_faster_than_the_server_takes_it() => Scene.Play(async scene =>
    {
        const int Length = 64 << 20;
        var connection = await scene.StartAsync();
        var source = new CountingStream();
        var request = new TextRequest("insert into t values ($1)")
        {
            Feed = new ParameterFeed([new StreamedParameter(1, sizeof(int), source, Length)]),
        };
        scene.Session.TryPost(request.WithParameters(LengthWord(Length), 1));
        await AnswerDescriptionAsync(connection);
        await scene.SettleAsync();
        Assert.InRange(source.Count, 1, 4 << 20);

        connection.Abort();
        Assert.Equal(Outcome.RolledBack, (await request.Ended).Command.Outcome);
    });

    private static CommandComplete Inserted => new(new CommandTag("INSERT", 1));

    private static TextRequest Insert(Stream first, Stream second)
    {
        var request = new TextRequest("insert into t values ($1, $2)")
        {
            Feed = new ParameterFeed([new StreamedParameter(1, 4, first, 5), new StreamedParameter(2, 8, second, 6)]),
        };
        return request.WithParameters((byte[])[.. LengthWord(5), .. LengthWord(6)], 2);
    }

    private static byte[] LengthWord(int length)
    {
        var word = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(word, length);
        return word;
    }

    private static async Task AnswerDescriptionAsync(ScriptedConnection connection)
    {
        await connection.ExpectAsync<Parse>(Ct);
        await connection.ExpectAsync<Describe>(Ct);
        await connection.ExpectAsync<Flush>(Ct);
        await connection.SendAsync([new ParseComplete(), new ParameterDescription(default), new NoData()], Ct);
    }

    /// <summary>Gives nothing for a second.</summary>
    private sealed class SlowStream(byte[] content, TimeProvider time) : MemoryStream(content)
    {
        public static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Delay, time, CancellationToken.None);
            return Read(buffer.Span);
        }
    }

    /// <summary>Gives whatever is asked for.</summary>
    private sealed class CountingStream : MemoryStream
    {
        public int Count { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Count += buffer.Length;
            return new(buffer.Length);
        }
    }
}
