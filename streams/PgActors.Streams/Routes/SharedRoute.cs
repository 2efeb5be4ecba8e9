using PgActors.Batches;
using PgActors.Leases;
using PgActors.Queries;
using PgActors.Requests;
using PgActors.Routing;
using PgActors.Runtime;
using PgActors.Sessions;

namespace PgActors.Routes;

/// <summary>A database's own route: each command to one of the shared sessions, each row stream to a session of its own.</summary>
internal class SharedRoute(SessionSupervisor shared, LeaseSource leases) : CommandRoute
{
    public override string Server => shared.Server;

    public override void Check(SqlStatement statement)
    {
        var problem = statement.Need switch
        {
            SessionNeed.None => null,
            SessionNeed.Transaction => "begins or ends a transaction, and the next one may run on another session; it was not sent. "
                + "Use InTransactionAsync or BeginAsync.",
            SessionNeed.SessionState => "changes its session, which others share, and the next one may run on another; it was not sent. "
                + "Take a session of your own with LeaseAsync, or set what all sessions need in the connection options "
                + "(options=-c name=value).",
            SessionNeed.TemporaryObject => "makes or uses a temporary object, which lives in one session only, and the next statement may run on "
                + "another; it was not sent. Take a session of your own with LeaseAsync, or use InTransactionAsync.",
            SessionNeed.AdvisoryLock => "takes or gives back an advisory lock of its session, which others share; it was not sent. "
                + "Take a session of your own with LeaseAsync, or use pg_advisory_xact_lock in InTransactionAsync.",
            SessionNeed.Copy => "turns its connection into a stream of data, which a shared session cannot be; it was not sent. "
                + "Write many rows with 'insert into … select * from unnest(…)' and arrays as parameters; read them with Query.",
            SessionNeed.SeveralStatements => "is several in one text, and one call runs one; it was not sent. "
                + "Give each its own call, or run them in InTransactionAsync if they belong together.",
        };
        if (problem is not null)
            throw new PgUsageException($"The statement {problem}\n  {statement}");
    }

    public override ValueTask<TResult> Run<TResult>(RequestCompletion<TResult> request, CancellationToken cancellationToken) =>
        request.Feed is null ? Post(Choose(), request, request, cancellationToken) : RunAloneAsync(request, cancellationToken);

    public override ValueTask<Exception?> PostAsync(SeriesStep first, CancellationToken cancellationToken) =>
        first.Series.HasStreams ? PostAloneAsync(first, cancellationToken) : PostAsync(Choose(), first, cancellationToken);

    public sealed override CommandRoute Pin() => new Pinned(shared, leases);

    public override RowFeed Open(RowStreamPlan plan, CancellationToken cancellationToken) =>
        new ExecutionFeed(plan, new PooledSessions(leases.Pool), cancellationToken);

    /// <summary>The session for what comes next.</summary>
    protected virtual SessionActor Choose() => shared.Choose();

    // While it sends its streams, nobody else could send anything on the same session.
    private async ValueTask<TResult> RunAloneAsync<TResult>(RequestCompletion<TResult> request, CancellationToken cancellationToken)
    {
        var statement = request.Statement;
        var leased = leases.Pool;
        var since = leased.Runtime.Time.GetTimestamp();
        SessionActor session;
        try
        {
            session = await leased.AcquireAsync(LeaseHolder.For(statement.Text), request.Timeout, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            request.Withdraw();
            throw;
        }

        try
        {
            if (request.Timeout is not null)
                request.BeginWaiting(since);
            if (session.TryPost(request) == PostResult.Accepted)
                return await request.OnAccepted().ConfigureAwait(false);
            var refusal = Closed(session, request);
            request.Withdraw();
            throw refusal;
        }
        finally
        {
            leased.Return(session, statement.Traces);
        }
    }

    private async ValueTask<Exception?> PostAloneAsync(SeriesStep first, CancellationToken cancellationToken)
    {
        var leased = leases.Pool;
        SessionActor session;
        try
        {
            session = await leased.AcquireAsync(LeaseHolder.For(first.Statement.Text), first.Timeout, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception refused) when (refused is PgException or PgCanceledException)
        {
            return refused;
        }

        var traces = SessionTraces.None;
        for (var step = first; step is not null; step = step.NextStep)
            traces |= step.Statement.Traces;
        first.Series.Release = () => leased.Return(session, traces);
        if (session.TryPost(first) == PostResult.Accepted)
            return null;
        leased.Return(session, SessionTraces.None);
        return Closed(session, first);
    }

    // It was one of too many.
    protected override SessionActor? Instead(SessionActor closed) => shared.IsStopped ? null : shared.Choose();

    protected override SessionFailure WhyClosed(SessionActor session) =>
        new(SessionFailureKind.Closed, "The database object was closed.");

    private sealed class Pinned(SessionSupervisor shared, LeaseSource leases) : SharedRoute(shared, leases)
    {
        private SessionActor? _session;

        protected override SessionActor Choose() =>
            _session is { IsReady: true, IsStopped: false } ? _session : _session = base.Choose();
    }
}
