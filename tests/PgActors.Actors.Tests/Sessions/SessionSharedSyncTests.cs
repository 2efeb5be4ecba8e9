using PgActors.Protocol;
using PgActors.Sessions;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>Statements that are posted together inside a transaction block, on the wire.</summary>
public sealed class SessionSharedSyncTests
{
    private static readonly SqlStatement Insert = new("insert into t values ($1)");
    private static readonly CommandTag Inserted = new("INSERT", 1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Same_statement_inside_a_transaction_has_one_sync_behind_the_last() => Scene.Play(async scene =>
    {
        var connection = await BeginAsync(scene);
        var requests = Post(scene, 3);
        await ExpectAsync(connection, 3);
        await AnswerAsync(connection, 3);
        foreach (var request in requests)
            Assert.True((await request.Ended).Succeeded);
    });

    [Fact]
    public void So_many_statements_that_answers_would_be_long_in_coming_have_more_syncs() => Scene.Play(async scene =>
    {
        var connection = await BeginAsync(scene);
        var requests = Post(scene, 150);
        await ExpectAsync(connection, 100);
        await AnswerAsync(connection, 100);
        await ExpectAsync(connection, 50);
        await AnswerAsync(connection, 50);
        foreach (var request in requests)
            Assert.True((await request.Ended).Succeeded);
    });

    [Fact]
    public void Each_has_its_own_outside_of_a_transaction() => Scene.Play(async scene =>
    {
        var connection = await BeginAsync(scene, TransactionStatus.Idle);
        var requests = Post(scene, 2);
        for (var i = 0; i < 2; i++)
        {
            await ExpectAsync(connection, 1);
            await AnswerAsync(connection, 1, TransactionStatus.Idle);
            Assert.True((await requests[i].Ended).Succeeded);
        }
    });

    [Fact]
    public void Another_statement_has_its_own() => Scene.Play(async scene =>
    {
        var connection = await BeginAsync(scene);
        var requests = Post(scene, 2);
        var other = scene.Post("delete from t");
        await ExpectAsync(connection, 2);
        await AnswerAsync(connection, 2);
        foreach (var request in requests)
            Assert.True((await request.Ended).Succeeded);
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync(Replies.TwoRows, Ct);
        Assert.True((await other.Ended).Succeeded);
    });

    [Fact]
    public void Error_ends_those_behind_it_unrun_and_leaves_those_before_it() => Scene.Play(async scene =>
    {
        var connection = await BeginAsync(scene);
        var requests = Post(scene, 3);
        await ExpectAsync(connection, 3);
        await connection.SendAsync(
            [new BindComplete(), new CommandComplete(Inserted), Replies.Error("23505"), new ReadyForQuery(TransactionStatus.Failed)], Ct);

        Assert.True((await requests[0].Ended).Succeeded);
        var failed = await requests[1].Ended;
        Assert.Equal((CommandEnd.Failed, "23505"), (failed.Command.End, failed.Command.Error?.SqlState));
        var skipped = await requests[2].Ended;
        Assert.Equal((CommandEnd.Skipped, Outcome.RolledBack), (skipped.Command.End, skipped.Command.Outcome));
        var told = Assert.IsType<PgTransactionException>(RequestFailure.Of(skipped, Insert, Ct));
        Assert.Equal(Outcome.RolledBack, told.Outcome);
        Assert.Contains("23505", told.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void Sync_stands_where_it_was_if_the_next_cannot_be_written() => Scene.Play(async scene =>
    {
        var connection = await BeginAsync(scene);
        var first = Post(scene, 1)[0];
        var refused = new TextRequest(Insert) { MayShareSync = true }.With(parameterCount: 70_000);
        scene.Session.TryPost(refused);

        await ExpectAsync(connection, 1);
        await AnswerAsync(connection, 1);
        Assert.True((await first.Ended).Succeeded);
        Assert.Equal(SessionFailureKind.PolicyRefused, (await refused.Ended).Failure?.Kind);
    });

    [Fact]
    public void Loss_leaves_the_fate_of_all_with_that_of_their_transaction() => Scene.Play(async scene =>
    {
        var connection = await BeginAsync(scene);
        var requests = Post(scene, 3);
        await ExpectAsync(connection, 3);
        await connection.SendAsync([new BindComplete(), new CommandComplete(Inserted)], Ct);
        await connection.CloseAsync();
        foreach (var request in requests)
        {
            var end = await request.Ended;
            Assert.False(end.Succeeded);
            Assert.NotEqual(Outcome.NotSent, end.Command.Outcome);
            Assert.Equal(1, request.Ends);
        }
    });

    private static TextRequest[] Post(Scene scene, int count)
    {
        var requests = new TextRequest[count];
        for (var i = 0; i < count; i++)
        {
            requests[i] = new TextRequest(Insert) { MayShareSync = true };
            scene.Session.TryPost(requests[i]);
        }

        return requests;
    }

    // The statement is prepared, and a transaction block open.
    private static async Task<ScriptedConnection> BeginAsync(Scene scene, TransactionStatus status = TransactionStatus.InTransaction)
    {
        var connection = await scene.StartAsync();
        var first = new TextRequest(Insert);
        scene.Session.TryPost(first);
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync(
            [new ParseComplete(), new BindComplete(), new NoData(), new CommandComplete(Inserted), new ReadyForQuery(status)], Ct);
        Assert.True((await first.Ended).Succeeded);
        return connection;
    }

    private static async Task ExpectAsync(ScriptedConnection connection, int commands)
    {
        for (var i = 0; i < commands; i++)
        {
            await connection.ExpectAsync<Bind>(Ct);
            await connection.ExpectAsync<Execute>(Ct);
        }

        await connection.ExpectAsync<Sync>(Ct);
    }

    private static Task AnswerAsync(ScriptedConnection connection, int commands, TransactionStatus status = TransactionStatus.InTransaction) =>
        connection.SendAsync(
            [
                .. Enumerable.Repeat((IBackendMessage[])[new BindComplete(), new CommandComplete(Inserted)], commands).SelectMany(messages => messages),
                new ReadyForQuery(status),
            ],
            Ct);
}
