using PgActors.Actors.Tests.Runtime;
using PgActors.Protocol;
using PgActors.Runtime;
using PgActors.Sessions;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>A caller's thread that takes the answer of its own command, where the runtime says that there is time for that.</summary>
public sealed class SessionLingerTests : ISessionOwner
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_that_comes_soon_is_there_when_the_post_returns()
    {
        using var pool = new Pool();
        await using var played = await StartAsync(pool);
        for (var i = 0; i < 3; i++)
        {
            var answered = AnswerAsync(played.Connection);
            var request = new TextRequest("select name from names");
            played.Session.TryPost(request);

            Assert.True(request.Ended.IsCompleted);
            Assert.Equal(["one", "two"], request.Rows);
            Assert.Equal(Environment.CurrentManagedThreadId, request.ThreadOfCompletion);
            await answered;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answers_of_a_batch_are_taken_as_they_come(bool isAtomic)
    {
        using var pool = new Pool();
        await using var played = await StartAsync(pool);
        for (var i = 0; i < 3; i++)
        {
            var series = SeriesRequest.Chain(3, isAtomic);
            var answered = AnswerSeriesAsync(played.Connection, 3, isAtomic);
            played.Session.TryPost(series[0]);
            await answered;
            foreach (var request in series)
                Assert.True((await request.Ended).Succeeded);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_the_answer_of_a_large_group_is_slept_for(bool isAtomic)
    {
        const int Commands = 40;
        using var pool = new Pool { MayBlock = true };
        await using var played = await StartAsync(pool);
        var series = SeriesRequest.Chain(Commands, isAtomic);
        var answered = AnswerSeriesAsync(played.Connection, Commands, isAtomic);
        played.Session.TryPost(series[0]);
        await answered;
        foreach (var request in series)
            Assert.True((await request.Ended).Succeeded);
        Assert.Equal(isAtomic, ((MemoryTransport)played.Connection.Transport).PeerWaits > 0);
    }

    // Whoever posts it has others to post.
    [Fact]
    public async Task Nobody_lingers_for_what_was_posted_for_another()
    {
        const int Looks = 1_000;
        using var pool = new Pool { LooksLeft = Looks };
        await using var played = await StartAsync(pool);
        var request = new TextRequest("select name from names") { IsAwaited = false };
        played.Session.TryPost(request);
        Assert.Equal(Looks, pool.LooksLeft);

        await AnswerAsync(played.Connection);
        Assert.True((await request.Ended).Succeeded);
    }

    [Fact]
    public async Task Rows_that_come_fast_are_taken_on_the_consumers_thread()
    {
        const int Rows = 6_000;
        using var pool = new Pool();
        await using var played = await StartAsync(pool);
        var consumer = new SlowConsumer();
        var request = new TextRequest("select name from names", window: 256 * 1024, consumed: consumer.Note);
        pool.HasTime = false;
        played.Session.TryPost(request);
        var answered = AnswerLongAsync(played.Connection, Rows);
        while (!request.Ended.IsCompleted)
        {
            if (consumer.Waiting == 0)
            {
                Thread.Yield();
                continue;
            }

            // A fast stream stops at each batch; when the turn that brought it is over, the next one is run by whoever grants credit.
            pool.UntilNothingRuns();
            pool.HasTime = pool.MayBlock = true;
            played.Session.Consumed(request, consumer.TakeAll());
        }

        pool.MayBlock = false;
        await answered;
        Assert.True((await request.Ended).Succeeded);
        Assert.Equal(Rows, request.Rows.Count);
        Assert.True(((MemoryTransport)played.Connection.Transport).PeerWaits > 0);
    }

    [Fact]
    public async Task Answer_that_does_not_come_while_there_is_time_is_awaited_as_any()
    {
        using var pool = new Pool { LooksLeft = 5 };
        await using var played = await StartAsync(pool);
        var request = new TextRequest("select name from names");
        played.Session.TryPost(request);
        Assert.False(request.Ended.IsCompleted);

        await AnswerAsync(played.Connection);
        Assert.True((await request.Ended).Succeeded);
        Assert.True(pool.IsMine(request.ThreadOfCompletion));
    }

    [Fact]
    public async Task End_of_the_connection_while_it_is_looked_for_is_the_commands_outcome()
    {
        using var pool = new Pool();
        await using var played = await StartAsync(pool);
        var ended = Task.Run(
            async () =>
            {
                await Scene.ExpectStatementAsync(played.Connection);
                await played.Connection.CloseAsync();
            },
            Ct);
        var request = new TextRequest("select name from names");
        played.Session.TryPost(request);

        Assert.Equal(Outcome.Unknown, (await request.Ended).Command.Outcome);
        await ended;
    }

    void ISessionOwner.OnSessionReady(SessionActor session) => _ready.TrySetResult();

    void ISessionOwner.OnSessionEnded(SessionActor session, SessionFailure failure)
    {
    }

    void ISessionOwner.OnSessionNews(SessionActor session, in SessionNews news)
    {
    }

    private static async Task AnswerAsync(ScriptedConnection connection)
    {
        await Task.Yield();
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync(Replies.TwoRows, Ct);
    }

    private static async Task AnswerSeriesAsync(ScriptedConnection connection, int size, bool isAtomic)
    {
        await Task.Yield();
        for (var i = 0; i < size; i++)
        {
            await connection.ExpectAsync<Parse>(Ct);
            await connection.ExpectAsync<Bind>(Ct);
            await connection.ExpectAsync<Describe>(Ct);
            await connection.ExpectAsync<Execute>(Ct);
            if (!isAtomic || i == size - 1)
                await connection.ExpectAsync<Sync>(Ct);
        }

        for (var i = 0; i < size; i++)
        {
            await connection.SendAsync([new ParseComplete(), new BindComplete(), new NoData()], Ct);
            await connection.SendAsync([new CommandComplete(new CommandTag("INSERT", 1))], Ct);
            if (!isAtomic || i == size - 1)
                await connection.SendAsync([Replies.Ready], Ct);
        }
    }

    private static async Task AnswerLongAsync(ScriptedConnection connection, int rows)
    {
        await Task.Yield();
        await Scene.ExpectStatementAsync(connection);
        var value = Enumerable.Repeat((byte)'x', 1_000).ToArray();
        var row = new DataRow(WireArray.Adopt(new WireArray<byte>?[] { WireArray.Adopt(value) }));
        await connection.SendAsync([.. Replies.TwoRows.Take(3), .. Enumerable.Repeat<IBackendMessage>(row, rows), .. Replies.TwoRows.TakeLast(2)], Ct);
    }

    private async Task<Played> StartAsync(Pool pool)
    {
        // The server's end goes on by itself: the thread that posts is busy looking.
        var connector = new MemoryConnector(resume => pool.Schedule(new Resumption(resume)))
        {
            Answer = _ => new MemoryConnectAnswer { Client = new MemoryTransportOptions { CanPoll = true } },
        };
        var server = ScriptedServer.InMemory(connector);
        var runtime = new ActorRuntime(pool, new Frozen(), new Random(1));
        var session = new SessionActor(runtime, Scene.ProfileFor(connector), MailboxBounds.Default, this, "session");
        session.Start();
        var connection = await server.AcceptAsync(Ct);
        await connection.ExpectStartupAsync(ScriptedStartup.Default, Ct);
        await connection.SendAsync(Replies.Welcome, Ct);
        await _ready.Task;

        // The turn that made it ready may not have ended; the one that answers has, when its caller is told.
        var first = new TextRequest("select name from names");
        session.TryPost(first);
        await AnswerAsync(connection);
        Assert.True((await first.Ended).Succeeded);
        pool.HasTime = true;
        return new Played(session, server, connection);
    }

    /// <summary>Takes batches on the thread of the test.</summary>
    private sealed class SlowConsumer
    {
        private long _waiting;

        public long Waiting => Interlocked.Read(ref _waiting);

        public void Note(SessionRequest request, long bytes) => Interlocked.Add(ref _waiting, bytes);

        public long TakeAll() => Interlocked.Exchange(ref _waiting, 0);
    }

    private sealed record Played(SessionActor Session, ScriptedServer Server, ScriptedConnection Connection) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            Session.Stop();
            return Server.DisposeAsync();
        }
    }

    private sealed class Resumption(Action resume) : IThreadPoolWorkItem
    {
        public void Execute() => resume();
    }

    /// <summary>Time that never ends: a look goes on until the answer is there or the pool says that there is no more time.</summary>
    private sealed class Frozen : TimeProvider
    {
        public override long GetTimestamp() => 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new NoTimer();
    }

    private sealed class NoTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Pool : Dispatcher, IDisposable
    {
        private const int Threads = 2;

        private readonly FixedPool _threads = new(Threads);

        public bool HasTime { get; set; }

        public int LooksLeft { get; set; } = int.MaxValue;

        public override bool RunsInline => true;

        public override bool HasTimeToSpare => HasTime && LooksLeft-- > 0;

        public override bool TryBeginBlocking() => MayBlock && HasTime;

        public bool MayBlock { get; set; }

        /// <summary>Waits until each of its other threads is done with what it had begun.</summary>
        public void UntilNothingRuns()
        {
            // The test may run on one of them.
            var others = _threads.IsMine ? Threads - 1 : Threads;
            using var met = new Barrier(others + 1);
            for (var i = 0; i < others; i++)
                Schedule(new Resumption(() => met.SignalAndWait(Ct)));
            met.SignalAndWait(Ct);
        }

        public bool IsMine(int thread) => _threads.IsThread(thread);

        public override void Schedule(IThreadPoolWorkItem item) => _threads.Schedule(item);

        public override void ScheduleLocal(IThreadPoolWorkItem item) => _threads.ScheduleLocal(item);

        public void Dispose() => _threads.Dispose();
    }
}
