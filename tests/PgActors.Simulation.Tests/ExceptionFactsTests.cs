using PgActors.Protocol;
using PgActors.Sessions;
using PgActors.Testing;
using PgActors.Transports;

namespace PgActors.Simulation.Tests;

/// <summary>What each type of exception carries: how far the command got, what it was doing, where, for how long, and what the server
/// said.</summary>
public sealed class ExceptionFactsTests
{
    private const string Server = "memory:5432";
    private const string Database = "shared_sessions=1&max_leased_sessions=1&commit_resolution=0";
    private const int Shared = 1;
    private const int Leased = 2;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Stage _stage = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Server_error() => _stage.Play(Database, async db =>
    {
        var failure = await Assert.ThrowsAsync<PgServerException>(async () => await db.ExecuteAsync("fail 22012 'by zero'", Ct));

        AssertFacts(failure, Outcome.Unknown, CommandPhase.Executing, TransactionStatus.Idle, "22012");
        Assert.Equal("by zero", failure.Error.Message);
    });

    [Fact]
    public void Connection_lost() => _stage.Play(Database, async db =>
    {
        var call = db.ExecuteAsync("wait for_ever", Ct).AsTask();
        await _stage.Server.ReachedAsync("for_ever", Ct);
        await _stage.ElapseAsync(Second);
        _stage.Cut(Shared);
        var failure = await Assert.ThrowsAsync<PgConnectionException>(() => call);

        AssertFacts(failure, Outcome.Unknown, CommandPhase.Preparing, null, null);
        Assert.Equal((SessionFailureKind.ConnectionLost, Second), (failure.Kind, failure.Elapsed));
    });

    [Fact]
    public void Server_ended_the_session() => _stage.Play(Database, async db =>
    {
        var failure = await Assert.ThrowsAsync<PgConnectionException>(async () => await db.ExecuteAsync("fatal 57P01 'restart'", Ct));

        AssertFacts(failure, Outcome.Unknown, CommandPhase.Executing, null, "57P01");
        Assert.Equal(SessionFailureKind.ServerEnded, failure.Kind);
    });

    [Fact]
    public void No_connection() => _stage.Play(Database, async db =>
    {
        _stage.Connector.Answer = _ => MemoryConnectAnswer.Fails(TransportFailure.Refused);
        var failure = await Assert.ThrowsAsync<PgConnectionException>(async () => await db.LeaseAsync(Ct));

        AssertFacts(failure, Outcome.NotSent, CommandPhase.Waiting, null, null);
        Assert.Equal(SessionFailureKind.Unreachable, failure.Kind);
    });

    [Fact]
    public void Deadline_of_a_command_that_was_sent() => _stage.Play(Database + "&command_timeout=1", async db =>
    {
        var failure = await Assert.ThrowsAsync<PgTimeoutException>(async () => await db.ExecuteAsync("wait for_ever", Ct));

        AssertFacts(failure, Outcome.Unknown, CommandPhase.Executing, TransactionStatus.Idle, "57014", cancelWasSent: true);
        Assert.InRange(failure.Elapsed!.Value, Second, Second * 2);
    });

    [Fact]
    public void Deadline_of_a_command_that_waited() => _stage.Play(Database + "&command_timeout=1", async db =>
    {
        _stage.Connector.Answer = _ => MemoryConnectAnswer.Stalled;
        _stage.Cut(Shared);
        await _stage.SettleAsync();
        var failure = await Assert.ThrowsAsync<PgTimeoutException>(async () => await db.ExecuteAsync("select '1'", Ct));

        AssertFacts(failure, Outcome.NotSent, CommandPhase.Waiting, null, null);
    });

    [Fact]
    public void Cancel_of_a_command_that_was_sent() => _stage.Play(Database, async db =>
    {
        using var source = new CancellationTokenSource();
        var call = db.ExecuteAsync("wait for_ever", source.Token).AsTask();
        await _stage.Server.ReachedAsync("for_ever", Ct);
        source.Cancel();
        var failure = await Assert.ThrowsAsync<PgCanceledException>(() => call);

        Assert.Equal((Server, "57014", TransactionStatus.Idle), (failure.Server, failure.SqlState, failure.Transaction));
        Assert.Equal((CommandPhase.Executing, true), (failure.Phase, failure.CancelWasSent));
        Assert.NotNull(failure.Elapsed);
        Assert.Equal(source.Token, failure.CancellationToken);
    });

    [Fact]
    public void Cancel_of_a_wait_for_a_session() => _stage.Play(Database, async db =>
    {
        await using var held = await db.LeaseAsync(Ct);
        using var source = new CancellationTokenSource(Second, _stage.Simulation.Time);
        var failure = await Assert.ThrowsAsync<PgCanceledException>(async () => await db.LeaseAsync(source.Token));

        Assert.Equal((Outcome.NotSent, Server, CommandPhase.Waiting), (failure.Outcome, failure.Server, failure.Phase));
        Assert.Equal(Second, failure.Elapsed);
    });

    [Fact]
    public void Exhausted_pool() => _stage.Play(Database + "&lease_timeout=1", async db =>
    {
        await using var held = await db.LeaseAsync(Ct);
        var failure = await Assert.ThrowsAsync<PgPoolExhaustedException>(async () => await db.LeaseAsync(Ct));

        AssertFacts(failure, Outcome.NotSent, CommandPhase.Waiting, null, null);
        Assert.Equal((Second, Second), (failure.Waited, failure.Elapsed));
    });

    [Fact]
    public void Statement_in_a_failed_transaction() => _stage.Play(Database, async db =>
    {
        await using var tx = await db.BeginAsync(cancellationToken: Ct);
        await Assert.ThrowsAsync<PgServerException>(async () => await tx.ExecuteAsync("fail 23505", Ct));
        var failure = await Assert.ThrowsAsync<PgTransactionException>(async () => await tx.ExecuteAsync("select '1'", Ct));

        Assert.Equal((Outcome.NotSent, Server, "23505"), (failure.Outcome, failure.Server, failure.SqlState));
        Assert.Equal((CommandPhase.Waiting, TransactionStatus.Failed), (failure.Phase, failure.Transaction));
    });

    [Fact]
    public void Commit_of_a_failed_transaction() => _stage.Play(Database, async db =>
    {
        await using var tx = await db.BeginAsync(cancellationToken: Ct);
        await Assert.ThrowsAsync<PgServerException>(async () => await tx.ExecuteAsync("fail 23505", Ct));
        var failure = await Assert.ThrowsAsync<PgTransactionException>(() => tx.CommitAsync(Ct));

        AssertFacts(failure, Outcome.RolledBack, CommandPhase.Executing, TransactionStatus.Failed, "23505");
    });

    [Fact]
    public void Commit_whose_answer_was_lost() => new Stage(faults: Silence).Play(Database, async db =>
    {
        await using var tx = await db.BeginAsync(cancellationToken: Ct);
        await tx.ExecuteAsync("select '1'", Ct);
        var failure = await Assert.ThrowsAsync<PgCommitUnknownException>(() => tx.CommitAsync(Ct));

        AssertFacts(failure, Outcome.Unknown, CommandPhase.Preparing, null, null);
    });

    [Fact]
    public void Commands_of_an_atomic_batch() => _stage.Play(Database, async db =>
    {
        var batch = db.CreateBatch(BatchMode.Atomic);
        var before = batch.Execute("select 'before'");
        var culprit = batch.Execute("fail 22012");
        var behind = batch.Execute("select 'behind'");
        await Assert.ThrowsAnyAsync<PgException>(async () => await batch.RunAsync(Ct));

        // What the model's own language does is not known to be undone with its transaction.
        AssertFacts(
            Assert.IsType<PgServerException>(culprit.Exception),
            Outcome.Unknown, CommandPhase.Executing, TransactionStatus.Idle, "22012", index: 1);
        AssertFacts(
            Assert.IsType<PgBatchException>(before.Exception),
            Outcome.Unknown, CommandPhase.Executing, TransactionStatus.Idle, "22012", index: 0);
        AssertFacts(
            Assert.IsType<PgBatchException>(behind.Exception),
            Outcome.RolledBack, CommandPhase.Preparing, TransactionStatus.Idle, "22012", index: 2);
    });

    [Fact]
    public void Bulk() => _stage.Play(Database, async db =>
    {
        var failure = await Assert.ThrowsAsync<PgBulkException>(async () => await db.ExecuteManyAsync(
            BatchMode.Independent, [1, 2], (writer, _) => writer.Add("fail 22012"), Ct));

        AssertFacts(failure, Outcome.RolledBack, CommandPhase.Executing, TransactionStatus.Idle, "22012");
    });

    [Fact]
    public void Refused_call() => _stage.Play(Database, async db =>
    {
        var failure = await Assert.ThrowsAsync<PgUsageException>(async () => await db.ExecuteAsync("begin", Ct));

        Assert.Equal((Outcome.NotSent, null, null), (failure.Outcome, failure.Phase, failure.Elapsed));
    });

    private static void AssertFacts(
        PgException failure,
        Outcome outcome,
        CommandPhase phase,
        TransactionStatus? transaction,
        string? sqlState,
        bool cancelWasSent = false,
        int? index = null)
    {
        Assert.Equal(Server, failure.Server);
        Assert.Equal((outcome, phase, transaction), (failure.Outcome, failure.Phase, failure.Transaction));
        Assert.Equal((sqlState, cancelWasSent, index), (failure.SqlState, failure.CancelWasSent, failure.BatchIndex));
        Assert.NotNull(failure.Elapsed);
    }

    // The leased session's server says nothing more once it has been asked to commit.
    private static ModelFaults Silence(int connection) =>
        connection == Leased ? new ModelFaults { CloseAtMessage = 12 } : ModelFaults.None;
}
