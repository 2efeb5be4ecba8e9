using PgActors.Queries;
using PgActors.Requests;
using PgActors.Sessions;

namespace PgActors.Routes;

/// <summary>The route of a lease: everything to the one session.</summary>
internal sealed class LeaseRoute(SessionActor session) : CommandRoute, IStreamSessions
{
    public SessionActor Session => session;

    /// <summary>The lease has been given back.</summary>
    public bool IsClosed { get; private set; }

    int IStreamSessions.Attempts => 1;

    public void Close() => IsClosed = true;

    public override void Check(SqlStatement statement)
    {
        if (IsClosed)
            throw new PgUsageException("The session was given back, and may be another caller's by now. Take a new one with LeaseAsync.");
        if (statement.Verb == StatementVerb.Copy)
        {
            throw new PgUsageException(
                "The statement turns its connection into a stream of data; it was not sent. Write many rows with 'insert into … select * "
                + $"from unnest(…)' and arrays as parameters; read them with Query.\n  {statement}");
        }
    }

    public override ValueTask<TResult> Run<TResult>(RequestCompletion<TResult> request, CancellationToken cancellationToken) =>
        Post(session, request, cancellationToken);

    public override RowFeed Open(RowStreamPlan plan, CancellationToken cancellationToken) => new ExecutionFeed(plan, this, cancellationToken);

    ValueTask<SessionActor> IStreamSessions.AcquireAsync(CancellationToken cancellationToken) => new(session);

    void IStreamSessions.Return(SessionActor returned)
    {
    }

    protected override Exception Closed(SessionActor closed) => new PgConnectionException(
        closed.LastFailure ?? new SessionFailure(SessionFailureKind.Closed, "The database object was closed."), Outcome.NotSent, closed.Server);
}
