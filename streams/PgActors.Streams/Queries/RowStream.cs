using System.Diagnostics.CodeAnalysis;
using PgActors.Requests;
using PgActors.Routing;
using PgActors.Rows;
using PgActors.Rows.Mapping;
using PgActors.Runtime;
using PgActors.Sessions;

namespace PgActors.Queries;

/// <summary>
/// One execution of a query: takes an exclusive session, reads rows at the consumer's pace, and gives the session back. Rows are decoded on the
/// consumer's thread, straight out of the block they were received into; what is decoded is the consumer's own.
/// </summary>
internal sealed class RowStream<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T> : IAsyncEnumerator<T>
{
    // A session that died idle shows only when it is used: nothing was sent, so another one is tried. More in a row is an outage.
    private const int MaxAttempts = 3;

    private readonly PgQuery<T> _query;
    private readonly LeasePool _sessions;
    private readonly CancellationToken _token;
    private SessionActor? _session;
    private RowStreamRequest? _request;
    private CancellationTokenRegistration _registration;
    private RowMapper<T>? _mapper;
    private RowBatch _batch;
    private int _position;
    private bool _hasBatch;
    private bool _isDone;

    public RowStream(PgQuery<T> query, LeasePool sessions, CancellationToken token)
    {
        _query = query;
        _sessions = sessions;
        _token = token;
    }

    public T Current { get; private set; } = default!;

    public ValueTask<bool> MoveNextAsync()
    {
        if (_hasBatch && _batch.TryReadRow(ref _position, out var row))
        {
            Current = _mapper!.Read(row);
            return new(true);
        }

        return MoveToNextBatchAsync();
    }

    public async ValueTask DisposeAsync()
    {
        var request = _request;
        _isDone = true;
        DropBatch(grantsCredit: false);
        if (request is null)
            return;
        _request = null;

        // The rest is nobody's: it is thrown away, and cancelled in case it is long. The session goes back when the server is done.
        _session!.Abandon(request);
        _session.Cancel(request);
        while (await request.WaitAsync().ConfigureAwait(false))
        {
            while (request.TryTake(out var batch))
                batch.Release();
        }

        await _registration.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask<bool> MoveToNextBatchAsync()
    {
        DropBatch(grantsCredit: true);
        if (_isDone)
            return false;
        for (var attempt = 1; ; attempt++)
        {
            if (_request is null)
                await StartAsync().ConfigureAwait(false);
            var request = _request!;
            while (true)
            {
                if (request.TryTake(out var batch))
                {
                    TakeBatch(request, batch);
                    return true;
                }

                if (!await request.WaitAsync().ConfigureAwait(false))
                    break;
            }

            _request = null;
            await _registration.DisposeAsync().ConfigureAwait(false);
            var end = request.End;

            // Of a cancelled query rows may have been thrown away, even if it came to its end: that must not look like all of them.
            if (end.Succeeded && !end.CancelWanted)
                return Finish();
            if (end.Command.Outcome != Outcome.NotSent || end.CancelWanted || attempt == MaxAttempts
                || end.Failure?.Kind is not (SessionFailureKind.ConnectionLost or SessionFailureKind.ServerEnded))
            {
                _isDone = true;
                throw RequestFailure.Of(end, _query.Statement, _token);
            }
        }
    }

    private void TakeBatch(RowStreamRequest request, in RowBatch batch)
    {
        _batch = batch;
        _hasBatch = true;
        _position = 0;
        _mapper ??= RowMapperFactory.GetOrCreate<T>(request.Layout!, _query.Types);
        _batch.TryReadRow(ref _position, out var row);
        Current = _mapper.Read(row);
    }

    private bool Finish()
    {
        _isDone = true;
        return false;
    }

    private void DropBatch(bool grantsCredit)
    {
        if (!_hasBatch)
            return;
        _hasBatch = false;
        var length = _batch.Length;
        _batch.Release();
        _batch = default;
        if (grantsCredit)
            _session!.Consumed(_request!, length);
    }

    private async ValueTask StartAsync()
    {
        var session = await _sessions.AcquireAsync(_token).ConfigureAwait(false);
        var request = new RowStreamRequest(
            _query.Statement, _query.ParameterCount, _query.Parameters, _query.FetchSize, _query.Window, _ => _sessions.Return(session));
        if (session.TryPost(request) != PostResult.Accepted)
        {
            _sessions.Return(session);
            throw new PgConnectionException(
                new SessionFailure(SessionFailureKind.Closed, "The database object was closed."), Outcome.NotSent, null);
        }

        _session = session;
        _request = request;
        _registration = _token.UnsafeRegister(
            static state =>
            {
                var (target, running) = ((SessionActor, RowStreamRequest))state!;
                target.Cancel(running);
            },
            (session, request));
    }
}
