using PgActors.Queries;
using PgActors.Rows;
using PgActors.Sessions;

namespace PgActors.Transactions;

/// <summary>
/// An execution through a portal, a part at a time. Each fetch is a command of its own, posted when the consumer comes near the end of the one
/// before; they stand in the session's line with those of the transaction's other portals, and so are served in turn.
/// </summary>
internal sealed class PortalFeed : RowFeed
{
    private readonly TransactionRoute _transaction;
    private readonly RowStreamPlan _plan;
    private readonly CancellationToken _token;
    private readonly ReadOnlyMemory<byte> _portal;
    private readonly CancellationTokenRegistration _registration;
    private FetchSizer _sizer;
    private RowLayout? _layout;

    // The fetch whose rows are being taken, and the one posted ahead of need.
    private PortalRequest? _current;
    private PortalRequest? _next;
    private Exception? _failure;
    private bool _isDone;
    private volatile bool _isInterrupted;
    private bool _usesStreams;

    // The fetch posted last: what a cancel names. One that has ended ignores it.
    private volatile PortalRequest? _posted;

    public PortalFeed(TransactionRoute transaction, RowStreamPlan plan, CancellationToken token)
    {
        _transaction = transaction;
        _plan = plan;
        _token = token;
        _portal = transaction.NextPortal();

        // One part is decoded while the next is on its way.
        _sizer = new FetchSizer(Math.Max(1, plan.Window / 2));
        _registration = token.UnsafeRegister(static feed => ((PortalFeed)feed!).Cancel(), this);
    }

    public override RowLayout? Layout => _layout;

    public override async ValueTask<RowBatch?> NextAsync()
    {
        while (!_isDone)
        {
            if (_failure is not null)
                throw Finish(_failure);
            _current ??= await FetchFirstAsync().ConfigureAwait(false);
            if (_current.TryTake(out var batch))
            {
                _layout = _current.Layout;
                await FetchAheadAsync().ConfigureAwait(false);
                return batch;
            }

            if (await _current.WaitAsync().ConfigureAwait(false))
                continue;
            if (!IsGood(_current.End))
                throw Finish(RequestFailure.Of(_current.End, _plan.Statement, _token, cause: _current.Feed?.Fault));
            await FetchAheadAsync().ConfigureAwait(false);
            if (_failure is not null)
                continue;
            if (_next is null)
                Finish(null);
            _current = _next;
            _next = null;
        }

        return null;
    }

    public override void Consumed(int bytes)
    {
    }

    public override void Interrupt()
    {
        _isInterrupted = true;
        Interlocked.MemoryBarrier();
        Cancel();
    }

    public override ValueTask DisposeAsync()
    {
        if (!_isDone)
            Finish(null);
        return ValueTask.CompletedTask;
    }

    private static bool IsGood(in RequestEnd end) => end.Succeeded && !end.CancelWanted;

    private async ValueTask<PortalRequest> FetchFirstAsync()
    {
        try
        {
            return await FetchAsync(isFirst: true).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            throw Finish(failure);
        }
    }

    // The consumer is about to work on the last rows of a part: meanwhile the next can come. If it cannot, those rows come first.
    private async ValueTask FetchAheadAsync()
    {
        if (_next is not null || _current is not { IsOver: true } last || !IsGood(last.End) || !last.End.Command.IsSuspended)
            return;
        _sizer.OnFetched(last.RowBytes);
        try
        {
            _next = await FetchAsync(isFirst: false).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is PgException or PgCanceledException)
        {
            _failure = failure;
        }
    }

    private async ValueTask<PortalRequest> FetchAsync(bool isFirst)
    {
        if (_token.IsCancellationRequested)
            throw isFirst ? RequestFailure.GivenUp(_transaction.Server, null, _token) : LeftBetweenFetches();
        if (isFirst && _plan.Streams is { } streams)
        {
            streams.Begin();
            _usesStreams = true;
        }

        var rows = _plan.FetchSize > 0 ? _plan.FetchSize : _sizer.Rows;
        var request = new PortalRequest(_plan, _portal, isFirst, rows, _layout);
        await _transaction.PostAsync(request, _token).ConfigureAwait(false);
        _posted = request;

        // It may have been cancelled in between, when the request was not yet to be found here.
        Interlocked.MemoryBarrier();
        if (_token.IsCancellationRequested || _isInterrupted)
            Cancel();
        return request;
    }

    // The portal is open, and what it has done so far goes when its transaction does.
    private PgCanceledException LeftBetweenFetches() => new(Outcome.Unknown, _token)
    {
        Server = _transaction.Server,
        Facts = new FailureFacts { Phase = CommandPhase.Executing, Transaction = _transaction.Session.Transaction },
    };

    private void Cancel()
    {
        if (_posted is { } request)
            _transaction.Session.Cancel(request);
    }

    // What is on its way comes to its end, unseen; the portal is closed by whatever is sent behind it.
    private Exception Finish(Exception? failure)
    {
        _isDone = true;
        if (_usesStreams)
            _plan.Streams!.End();
        _registration.Dispose();
        if (_posted is not null)
            _transaction.Abandon(_portal);
        _current?.Abandon();
        _next?.Abandon();
        _current = _next = null;
        return failure!;
    }
}
