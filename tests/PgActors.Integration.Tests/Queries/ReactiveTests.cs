using System.Reactive;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;

namespace PgActors.Integration.Tests.Queries;

/// <summary>Queries as observables. One exclusive session each time, so that a session that is not given back shows.</summary>
public sealed class ReactiveTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Subscription_gets_all_rows_and_the_end()
    {
        await using var db = await servers.OpenAsync("max_leased_sessions=1");
        var rows = db.Query<int>("select generate_series(1, 10000)").ToObservable();

        Assert.Equal(Enumerable.Range(1, 10_000), await rows.ToList().ToTask(Token));
        Assert.Equal(10_000, await rows.Count().ToTask(Token));
    }

    [Fact]
    public async Task Take_ends_the_query_and_gives_the_session_back()
    {
        await using var db = await servers.OpenAsync("max_leased_sessions=1");
        var endless = db.Query<int>("select generate_series(1, 2000000000)").ToObservable();

        for (var i = 0; i < 5; i++)
            Assert.Equal([1, 2, 3], await endless.Take(3).ToList().ToTask(Token));
        Assert.Equal([1], await db.Query<int>("select 1").ToListAsync(Token));
    }

    [Fact]
    public async Task Buffered_rows_stay_as_they_are()
    {
        await using var db = await servers.OpenAsync("max_leased_sessions=1");

        var buffers = await db.Query<(int Id, string Text)>("select n, repeat(n::text, 100) from generate_series(1, 5000) n")
            .ToObservable().Buffer(64).ToList().ToTask(Token);

        var rows = buffers.SelectMany(buffer => buffer).ToList();
        Assert.Equal(Enumerable.Range(1, 5_000), rows.Select(row => row.Id));
        Assert.All(rows, row => Assert.Equal(string.Concat(Enumerable.Repeat($"{row.Id}", 100)), row.Text));
    }

    [Fact]
    public async Task Servers_error_reaches_OnError_after_the_rows_before_it()
    {
        await using var db = await servers.OpenAsync("max_leased_sessions=1");

        var notifications = await db.Query<int>("select 10 / (3 - n) from generate_series(1, 5) n").WithFetchSize(1)
            .ToObservable().Materialize().ToList().ToTask(Token);

        Assert.Equal([5, 10], notifications.Where(n => n.Kind == NotificationKind.OnNext).Select(n => n.Value));
        var error = Assert.IsType<PgServerException>(notifications[^1].Exception);
        Assert.Equal(SqlStates.DivisionByZero, error.SqlState);
        Assert.Equal([1], await db.Query<int>("select 1").ToListAsync(Token));
    }

    [Fact]
    public async Task Disposing_the_subscription_ends_the_query()
    {
        await using var db = await servers.OpenAsync("max_leased_sessions=1");
        var third = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var seen = 0;

        var subscription = db.Query<int>("select generate_series(1, 2000000000)").ToObservable().Subscribe(_ =>
        {
            if (Interlocked.Increment(ref seen) == 3)
                third.SetResult();
        });
        await third.Task.WaitAsync(Token);
        subscription.Dispose();

        // The only session is free again.
        Assert.Equal([1], await db.Query<int>("select 1").ToListAsync(Token));
        Assert.InRange(seen, 3, int.MaxValue);
    }

    [Fact]
    public async Task Observers_exception_does_not_keep_the_session()
    {
        await using var db = await servers.OpenAsync("max_leased_sessions=1");

        await Assert.ThrowsAsync<FormatException>(() => db.Query<int>("select generate_series(1, 2000000000)")
            .ToObservable().Select(int (n) => throw new FormatException($"{n}")).ToTask(Token));

        Assert.Equal([1], await db.Query<int>("select 1").ToListAsync(Token));
    }

    [Fact]
    public async Task Observables_combine()
    {
        await using var db = await servers.OpenAsync("max_leased_sessions=2");
        var numbers = db.Query<int>("select generate_series(1, 3000)").ToObservable();
        var letters = db.Query<string>("select chr(97 + n % 26) from generate_series(1, 3000) n").ToObservable();

        var pairs = await numbers.Zip(letters).ToList().ToTask(Token);

        Assert.Equal(3_000, pairs.Count);
        Assert.All(pairs, pair => Assert.Equal((char)(97 + pair.First % 26), pair.Second[0]));
    }
}
