using PgActors.Queries;
using PgActors.Requests;
using PgActors.Routing;
using PgActors.Sessions;

namespace PgActors.Routes;

/// <summary>A database's own route: each command to one of the shared sessions, each row stream to a session of its own.</summary>
internal sealed class SharedRoute(SessionSupervisor shared, LeasePool leased) : CommandRoute
{
    public override void Check(SqlStatement statement)
    {
        var problem = statement.Verb switch
        {
            StatementVerb.Data or StatementVerb.Other => null,
            StatementVerb.Transaction => "begins or ends a transaction, and the next one may run on another session; it was not sent. "
                + "Use InTransactionAsync or BeginAsync.",
            StatementVerb.Session => "changes its session, which others share, and the next one may run on another; it was not sent. "
                + "Take a session of your own with LeaseAsync, or set what all sessions need in the connection options "
                + "(options=-c name=value).",
            StatementVerb.Copy => "turns its connection into a stream of data, which a shared session cannot be; it was not sent. "
                + "Write many rows with 'insert into … select * from unnest(…)' and arrays as parameters; read them with Query.",
        };
        if (problem is not null)
            throw new PgUsageException($"The statement {problem}\n  {statement}");
    }

    public override ValueTask<TResult> Run<TResult>(RequestCompletion<TResult> request, CancellationToken cancellationToken) =>
        Post(shared.Choose(), request, cancellationToken);

    public override RowFeed Open(RowStreamPlan plan, CancellationToken cancellationToken) =>
        new ExecutionFeed(plan, new PooledSessions(leased), cancellationToken);

    protected override Exception Closed(SessionActor session) => new PgConnectionException(
        new SessionFailure(SessionFailureKind.Closed, "The database object was closed."), Outcome.NotSent, shared.Server);
}
