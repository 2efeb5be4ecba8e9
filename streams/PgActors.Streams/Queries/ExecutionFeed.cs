using System.Runtime.CompilerServices;
using PgActors.Requests;
using PgActors.Rows;
using PgActors.Sessions;

namespace PgActors.Queries;

/// <summary>One Execute on a session that does nothing else meanwhile: the server sends at the pace at which the session reads, and that is
/// the consumer's.</summary>
internal sealed class ExecutionFeed(RowStreamPlan plan, IStreamSessions sessions, CancellationToken token) : RowFeed
{
    private SessionActor? _session;
    private volatile RowStreamRequest? _request;
    private volatile bool _isInterrupted;
    private CancellationTokenRegistration _registration;
    private RowLayout? _layout;
    private bool _isDone;
    private bool _usesStreams;

    // What a stream threw.
    private Exception? _fault;

    public override RowLayout? Layout => _layout;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<RowBatch?> NextAsync()
    {
        if (_isDone)
            return null;
        for (var attempt = 1; ; attempt++)
        {
            if (_request is null)
                await StartAsync().ConfigureAwait(false);
            var request = _request!;
            while (true)
            {
                if (request.TryTake(out var batch))
                {
                    _layout = request.Layout;
                    return batch;
                }

                if (!await request.WaitAsync().ConfigureAwait(false))
                    break;
            }

            _request = null;
            _fault = request.Feed?.Fault;
            await _registration.DisposeAsync().ConfigureAwait(false);
            if (IsComplete(request.End, attempt))
                return null;
        }
    }

    public override void Consumed(int bytes)
    {
        if (_request is not null)
            _session!.Consumed(_request, bytes);
    }

    public override void Interrupt()
    {
        _isInterrupted = true;
        Interlocked.MemoryBarrier();
        if (_request is { } request)
            _session!.Cancel(request);
    }

    public override async ValueTask DisposeAsync()
    {
        var request = _request;
        _isDone = true;
        if (request is not null)
            await LeaveAsync(request).ConfigureAwait(false);
        if (_usesStreams)
            plan.Streams!.End();
        _usesStreams = false;
    }

    private async ValueTask LeaveAsync(RowStreamRequest request)
    {
        _request = null;

        // The rest is nobody's. The session goes back when the server is done.
        _session!.Abandon(request);
        while (await request.WaitAsync().ConfigureAwait(false))
        {
            while (request.TryTake(out var batch))
                batch.Release();
        }

        await _registration.DisposeAsync().ConfigureAwait(false);
    }

    private bool IsComplete(in RequestEnd end, int attempt)
    {
        // Of a cancelled query rows may have been thrown away, even if it came to its end: that must not look like all of them.
        var isComplete = end.Succeeded && !end.CancelWanted;
        if (isComplete || end.Command.Outcome != Outcome.NotSent || end.CancelWanted || attempt >= sessions.Attempts
            || !PooledSessions.IsWorthAnother(end.Failure))
        {
            _isDone = true;
            return isComplete ? true : throw RequestFailure.Of(end, plan.Statement, token, cause: _fault);
        }

        return false;
    }

    private async ValueTask StartAsync()
    {
        if (plan.Streams is { } streams && !_usesStreams)
        {
            streams.Begin();
            _usesStreams = true;
        }

        var since = sessions.Time.GetTimestamp();
        var session = await sessions.AcquireAsync(plan.Statement, plan.Timeout, token).ConfigureAwait(false);
        var request = new RowStreamRequest(plan, _ => sessions.Return(session, plan.Statement));
        if (plan.Timeout is not null)
            request.BeginWaiting(since);
        if (session.TryPost(request) != Runtime.PostResult.Accepted)
        {
            sessions.Return(session, plan.Statement);
            throw RequestFailure.Unsent(
                session.LastFailure ?? new SessionFailure(SessionFailureKind.Closed, "The database object was closed."),
                session.Server,
                request.ElapsedBy(session.Runtime.Time));
        }

        _session = session;
        _request = request;
        _registration = token.UnsafeRegister(
            static state =>
            {
                var (target, running) = ((SessionActor, RowStreamRequest))state!;
                target.Cancel(running);
            },
            (session, request));

        // The request may not have been here yet to be found.
        Interlocked.MemoryBarrier();
        if (_isInterrupted)
            session.Cancel(request);
    }
}
