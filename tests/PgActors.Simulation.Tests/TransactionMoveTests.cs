using PgActors.Sessions;
using PgActors.Testing;
using PgActors.Transports;

namespace PgActors.Simulation.Tests;

/// <summary>A transaction of which nothing was sent when its session was lost begins on another one, and nobody notices.</summary>
public sealed class TransactionMoveTests
{
    // The first connection is the shared session's.
    private const int FirstLeased = 2;

    // The model knows no identities of transactions.
    private const string Database = "shared_sessions=1&commit_resolution=0";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Transaction_whose_idle_session_was_lost_begins_on_another(int seed)
    {
        var stage = new Stage(seed);
        stage.Play(Database, async db =>
        {
            await using var tx = await db.BeginAsync(cancellationToken: Ct);
            stage.Cut(FirstLeased);
            await stage.SettleAsync();

            Assert.Equal("1", await tx.QuerySingleAsync<string>("select '1'", Ct));
            Assert.Equal("2", await tx.QuerySingleAsync<string>("select '2'", Ct));
            await tx.CommitAsync(Ct);
        });
        Assert.Equal(["BEGIN", "select '1'", "select '2'", "COMMIT"], Ran(stage));
    }

    [Fact]
    public void Batch_and_stream_that_begin_a_transaction_move_too()
    {
        var stage = new Stage();
        stage.Play(Database, async db =>
        {
            await using (var tx = await db.BeginAsync(cancellationToken: Ct))
            {
                stage.Cut(FirstLeased);
                await stage.SettleAsync();
                var batch = tx.CreateBatch(BatchMode.Atomic);
                var first = batch.QuerySingle<string>("select '1'");
                var second = batch.QuerySingle<string>("select '2'");
                await batch.RunAsync(Ct);
                Assert.Equal(("1", "2"), (first.Result, second.Result));
                await tx.CommitAsync(Ct);
            }

            await using (var tx = await db.BeginAsync(cancellationToken: Ct))
            {
                stage.Cut(FirstLeased + 1);
                await stage.SettleAsync();
                var rows = 0;
                await foreach (var _ in tx.Query<int>("rows 100").WithCancellation(Ct))
                    rows++;
                Assert.Equal(100, rows);
                await tx.CommitAsync(Ct);
            }
        });
        Assert.All(stage.Server.Log, statement => Assert.Equal(ModelStatementFate.Committed, statement.Fate));
    }

    [Fact]
    public void Several_statements_that_wait_for_the_beginning_move_with_it()
    {
        var stage = new Stage();
        stage.Play(Database, async db =>
        {
            await using var tx = await db.BeginAsync(cancellationToken: Ct);
            stage.Cut(FirstLeased);
            await stage.SettleAsync();

            var callers = Enumerable.Range(0, 10).Select(_ => tx.ExecuteAsync("select 'same'", Ct).AsTask()).ToArray();
            await Task.WhenAll(callers);
            await tx.CommitAsync(Ct);
        });
        Assert.Equal(12, Ran(stage).Length);
    }

    [Fact]
    public void Transaction_on_a_lease_stays_with_the_lost_session()
    {
        var stage = new Stage();
        stage.Play(Database, async db =>
        {
            await using var session = await db.LeaseAsync(Ct);
            await using var tx = await session.BeginAsync(cancellationToken: Ct);
            stage.Cut(FirstLeased);
            await stage.SettleAsync();

            var lost = await Assert.ThrowsAsync<PgConnectionException>(async () => await tx.ExecuteAsync("select '1'", Ct));
            Assert.Equal((Outcome.NotSent, SessionFailureKind.ConnectionLost), (lost.Outcome, lost.Kind));
        });
        Assert.Empty(Ran(stage));
    }

    [Fact]
    public void Outage_is_told_with_the_error_of_the_last_connect()
    {
        var stage = new Stage();
        stage.Play(Database, async db =>
        {
            await using var tx = await db.BeginAsync(cancellationToken: Ct);
            stage.Connector.Answer = _ => MemoryConnectAnswer.Fails(TransportFailure.Refused);
            stage.Cut(FirstLeased);
            await stage.SettleAsync();

            var lost = await Assert.ThrowsAsync<PgConnectionException>(async () => await tx.ExecuteAsync("select '1'", Ct));
            Assert.Equal((Outcome.NotSent, SessionFailureKind.Unreachable), (lost.Outcome, lost.Kind));
            await tx.RollbackAsync();
        });
        Assert.Empty(Ran(stage));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Statement_that_is_given_up_during_the_search_ends_at_once_and_the_transaction_can_still_begin(bool byDeadline)
    {
        var stage = new Stage();
        stage.Play($"{Database}{(byDeadline ? "&command_timeout=1" : "")}", async db =>
        {
            await using var tx = await db.BeginAsync(cancellationToken: Ct);
            stage.Connector.Answer = _ => MemoryConnectAnswer.Stalled;
            stage.Cut(FirstLeased);
            await stage.SettleAsync();
            using var source = new CancellationTokenSource();
            var statement = tx.ExecuteAsync("select '1'", source.Token).AsTask();
            await stage.SettleAsync();
            if (byDeadline)
            {
                await stage.ElapseAsync(TimeSpan.FromSeconds(2));
                Assert.Equal(Outcome.NotSent, (await Assert.ThrowsAsync<PgTimeoutException>(() => statement)).Outcome);
            }
            else
            {
                source.Cancel();
                Assert.Equal(Outcome.NotSent, (await Assert.ThrowsAsync<PgCanceledException>(() => statement)).Outcome);
            }

            stage.Connector.Answer = null;
            stage.Connector.ReleaseStalled();
            await stage.SettleAsync();
            Assert.Equal("2", await tx.QuerySingleAsync<string>("select '2'", Ct));
            await tx.CommitAsync(Ct);
        });
        Assert.Equal(["BEGIN", "select '2'", "COMMIT"], Ran(stage));
    }

    [Fact]
    public void Rollback_during_the_search_ends_the_transaction_without_a_byte()
    {
        var stage = new Stage();
        stage.Play(Database, async db =>
        {
            var tx = await db.BeginAsync(cancellationToken: Ct);
            stage.Connector.Answer = _ => MemoryConnectAnswer.Stalled;
            stage.Cut(FirstLeased);
            await stage.SettleAsync();
            var statement = tx.ExecuteAsync("select '1'", Ct).AsTask();
            await stage.SettleAsync();
            await tx.RollbackAsync();

            await Assert.ThrowsAsync<PgCanceledException>(() => statement);
            stage.Connector.Answer = null;
            stage.Connector.ReleaseStalled();
            await stage.SettleAsync();
            await using var next = await db.LeaseAsync(Ct);
            Assert.Equal("3", await next.QuerySingleAsync<string>("select '3'", Ct));
        });
        Assert.Equal(["select '3'"], Ran(stage));
    }

    private static string[] Ran(Stage stage) => [.. stage.Server.Log.Select(statement => statement.Sql)];
}
