using PgActors.Batches;
using PgActors.Protocol;
using PgActors.Queries;
using PgActors.Requests;
using PgActors.Routes;
using PgActors.Sessions;
using PgActors.Statements;
using PgActors.Types;

namespace PgActors.Leases;

/// <summary>The route of a lease: everything to the one session.</summary>
internal sealed class LeaseRoute(SessionHold hold) : CommandRoute, IStreamSessions, ITypeSession
{
    // Invariant: what occupies the session alone, if anything; taken and let go of by compare-and-exchange, so that of two who want it one is
    // refused.
    private volatile LeaseUse _use;

    public SessionHold Hold => hold;

    public override string Server => hold.Session.Server;

    int IStreamSessions.Attempts => 1;

    TimeProvider IStreamSessions.Time => hold.Pool.Runtime.Time;

    // Behind a stream it would wait for the stream's reader, who waits for it.
    bool ITypeSession.CanLookUp => hold.Session.Transaction == TransactionStatus.InTransaction && _use == LeaseUse.Shared;

    bool ITypeSession.IsOutsideTransaction => hold.Session.Transaction == TransactionStatus.Idle;

    ValueTask<IReadOnlyList<PgTypeDescription>> ITypeSession.LookUpAsync(CatalogRequest request, in PgCommand command)
    {
        request.Prepare(command, null, CancellationToken.None);
        return Run(request, CancellationToken.None);
    }

    public override void Check(SqlStatement statement)
    {
        CheckFree();
        if (statement.Verb == StatementVerb.Copy)
        {
            throw new PgUsageException(
                "The statement turns its connection into a stream of data; it was not sent. Write many rows with 'insert into … select * "
                + $"from unnest(…)' and arrays as parameters; read them with Query.\n  {statement}");
        }
    }

    public override ValueTask<TResult> Run<TResult>(RequestCompletion<TResult> request, CancellationToken cancellationToken)
    {
        hold.Note(request.Statement);
        return Post(hold.Session, request, request, cancellationToken);
    }

    public override ValueTask<Exception?> PostAsync(SeriesStep first, CancellationToken cancellationToken)
    {
        for (var step = first; step is not null; step = step.NextStep)
            hold.Note(step.Statement);
        return PostAsync(hold.Session, first, cancellationToken);
    }

    public override RowFeed Open(RowStreamPlan plan, CancellationToken cancellationToken) => new ExecutionFeed(plan, this, cancellationToken);

    /// <summary>Begins a use that leaves no room for others.</summary>
    /// <exception cref="PgUsageException">There is another already.</exception>
    public void Occupy(LeaseUse use)
    {
        CheckFree();
        while (Interlocked.CompareExchange(ref _use, use, LeaseUse.Shared) != LeaseUse.Shared)
            CheckFree();
    }

    /// <summary>Ends that use.</summary>
    public void Vacate() => _use = LeaseUse.Shared;

    ValueTask<SessionActor> IStreamSessions.AcquireAsync(SqlStatement statement, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        Occupy(LeaseUse.Stream);
        hold.Note(statement);
        return new(hold.Session);
    }

    void IStreamSessions.Return(SessionActor session, SqlStatement statement) => Vacate();

    private void CheckFree()
    {
        if (hold.IsReleased)
            throw new PgUsageException("The session was given back, and may be another caller's by now. Take a new one with LeaseAsync.");
        var reason = _use switch
        {
            LeaseUse.Shared => null,
            LeaseUse.Stream => "A row stream is being read on this session, and what came behind it would wait for its reader. Read it to its "
                + "end, dispose it, or run both in a transaction, where several streams can be open.",
            LeaseUse.Transaction => "A transaction is open on this session: run statements on it, and commit, roll back or dispose it first.",
        };
        if (reason is not null)
            throw new PgUsageException(reason);
    }
}
