using PgActors.Testing;

namespace PgActors.Simulation.Tests;

/// <summary>A time for each call, beside the one for all.</summary>
public sealed class TimeoutTests
{
    private const string Database = "shared_sessions=1&max_leased_sessions=1&commit_resolution=0";

    // How far apart deadlines may lie that are looked at together.
    private static readonly TimeSpan Coarseness = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Stage _stage = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("&command_timeout=10")]
    public void Call_that_waits_is_dropped_unsent_at_its_own_time(string parameters) => _stage.Play(Database + parameters, async db =>
    {
        _stage.Connector.Answer = _ => MemoryConnectAnswer.Stalled;
        _stage.Cut(1);
        await _stage.SettleAsync();
        var since = _stage.Simulation.Time.Elapsed;
        var failure = await Assert.ThrowsAsync<PgTimeoutException>(
            async () => await db.WithTimeout(Second).ExecuteAsync("select 'unsent'", Ct));

        Assert.InRange(_stage.Simulation.Time.Elapsed - since, Second, Second + Coarseness);
        Assert.Equal((Outcome.NotSent, Second), (failure.Outcome, failure.Timeout));
        Assert.Contains("1 s (WithTimeout)", failure.Message, StringComparison.Ordinal);
        _stage.Connector.Answer = null;
        _stage.Connector.ReleaseStalled();
        Assert.Equal("2", await db.QuerySingleAsync<string>("select '2'", Ct));
        Assert.DoesNotContain(_stage.Server.Log, statement => statement.Sql == "select 'unsent'");
    });

    [Fact]
    public void Call_that_was_sent_is_cancelled_on_the_server() => _stage.Play(Database, async db =>
    {
        var failure = await Assert.ThrowsAsync<PgTimeoutException>(
            async () => await db.WithTimeout(Second).ExecuteAsync("wait for_ever", Ct));

        Assert.True(failure.CancelWasSent);
        Assert.Equal(SqlStates.QueryCanceled, failure.SqlState);
        Assert.Equal(1, _stage.Server.Counters.CancelledStatements);
    });

    [Fact]
    public void Each_of_many_calls_ends_at_its_own_time_whatever_the_order_of_the_posts() => _stage.Play(
        Database + "&command_timeout=30",
        async db =>
        {
            _stage.Connector.Answer = _ => MemoryConnectAnswer.Stalled;
            _stage.Cut(1);
            await _stage.SettleAsync();
            var since = _stage.Simulation.Time.Elapsed;
            int[] seconds = [5, 2, 9, 1, 7, 3];
            var calls = seconds.Select(async time =>
            {
                await Assert.ThrowsAsync<PgTimeoutException>(
                    async () => await db.WithTimeout(TimeSpan.FromSeconds(time)).ExecuteAsync("select '1'", Ct));
                return (Given: TimeSpan.FromSeconds(time), Took: _stage.Simulation.Time.Elapsed - since);
            }).ToArray();

            foreach (var (given, took) in await Task.WhenAll(calls))
                Assert.InRange(took, given, given + Coarseness);
        });

    [Fact]
    public void Longer_time_of_a_call_counts_and_not_the_one_for_all() => _stage.Play(Database + "&command_timeout=1", async db =>
    {
        var call = db.WithTimeout(10 * Second).ExecuteAsync("wait slow", Ct).AsTask();
        await _stage.ElapseAsync(5 * Second);
        _stage.Server.Release("slow");

        await call;
        Assert.Equal(0, _stage.Server.Counters.CancelRequests);
    });

    [Fact]
    public void Stream_that_waits_for_a_session_gives_up_at_its_time() => _stage.Play(Database, async db =>
    {
        await using var held = await db.LeaseAsync(Ct);
        var rows = db.WithTimeout(Second).Query<int>("rows 3");
        var failure = await Assert.ThrowsAsync<PgTimeoutException>(async () => await rows.ToListAsync(Ct));

        Assert.Equal((Outcome.NotSent, Second, Second), (failure.Outcome, failure.Timeout, failure.Elapsed));
    });

    [Fact]
    public void Stream_has_its_time_to_the_first_row_only() => _stage.Play(Database, async db =>
    {
        var rows = 0;
        await foreach (var _ in db.WithTimeout(Second).Query<int>("rows 10").WithFetchSize(2).WithCancellation(Ct))
        {
            rows++;
            await _stage.ElapseAsync(Second);
        }

        Assert.Equal(10, rows);
        await Assert.ThrowsAsync<PgTimeoutException>(async () => await db.WithTimeout(Second).Query<int>("wait for_ever").ToListAsync(Ct));
    });

    [Fact]
    public void Batch_in_a_transaction_has_the_time_of_the_call_and_begin_with_it() => _stage.Play(Database, async db =>
    {
        await using var tx = await db.BeginAsync(cancellationToken: Ct);
        var batch = tx.WithTimeout(Second).CreateBatch(BatchMode.Atomic);
        batch.Execute("select '1'");
        var slow = batch.Execute("wait for_ever");
        await batch.TryRunAsync(Ct);

        Assert.Equal(Second, Assert.IsType<PgTimeoutException>(slow.Exception).Timeout);
        await tx.RollbackAsync();
    });

    [Fact]
    public void Bulk_has_the_time_for_each_of_its_commands() => _stage.Play(Database, async db =>
    {
        var failure = await Assert.ThrowsAsync<PgBulkException>(async () => await db.WithTimeout(Second).ExecuteManyAsync(
            BatchMode.Atomic, ["a", "b"], (bulk, _) => bulk.Add("wait for_ever"), Ct));

        Assert.IsType<PgTimeoutException>(failure.InnerException);
    });

    [Fact]
    public void Thousand_timeouts_cost_no_connection() => _stage.Play("shared_sessions=4", async db =>
    {
        var impatient = db.WithTimeout(Second);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            for (var i = 0; i < 250; i++)
                await Assert.ThrowsAsync<PgTimeoutException>(async () => await impatient.ExecuteAsync("wait for_ever", Ct));
        }));

        Assert.Equal(4, _stage.Server.Counters.Sessions);
        Assert.Equal(0, db.Snapshot().Shared.Sessions.Sum(session => session.Restarts));
    });

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(25L * 24 * 60 * 60 * 1_000)]
    public void Time_out_of_range_is_refused(long milliseconds) => _stage.Play(Database, db =>
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => db.WithTimeout(TimeSpan.FromMilliseconds(milliseconds)));
        return Task.CompletedTask;
    });
}
