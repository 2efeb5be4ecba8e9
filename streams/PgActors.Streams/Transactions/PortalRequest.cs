using PgActors.Queries;
using PgActors.Requests;
using PgActors.Rows;
using PgActors.Runtime;
using PgActors.Sessions;

namespace PgActors.Transactions;

/// <summary>One fetch from a portal. It ends by itself when it has brought its rows, whether somebody takes them or not: so no portal holds
/// up another, nor the statements between.</summary>
internal sealed class PortalRequest : SessionRequest, ITransactionMember
{
    private readonly Handoff<RowBatch> _batches = new();
    private IRequestWitness? _witness;

    // Invariant: the consumer sets it, with a full fence, before it drops what is there; the end of the request is marked, with a full
    // fence, before this is read. So what is offered in between is dropped by one of the two.
    private int _isAbandoned;

    /// <summary>Makes one.</summary>
    /// <param name="plan">The query.</param>
    /// <param name="portal">The portal's name.</param>
    /// <param name="isFirst">Whether it has to be bound.</param>
    /// <param name="rows">Rows to bring at most.</param>
    /// <param name="layout">The columns, if they are known.</param>
    public PortalRequest(RowStreamPlan plan, ReadOnlyMemory<byte> portal, bool isFirst, int rows, RowLayout? layout)
    {
        Statement = plan.Statement;
        Portal = portal;
        IsFetch = !isFirst;
        RowLimit = rows;
        Layout = layout;
        if (!isFirst)
            return;
        Timeout = plan.Timeout;
        ParameterCount = plan.ParameterCount;
        Parameters = plan.Parameters;
        Feed = plan.Streams?.Feed();
    }

    /// <summary>The columns; known when the first batch is, or the end.</summary>
    public RowLayout? Layout { get; private set; }

    /// <summary>How it ended; meaningful once <see cref="IsOver"/> or <see cref="WaitAsync"/> said so.</summary>
    public RequestEnd End { get; private set; }

    /// <summary>The bytes it has brought.</summary>
    public long RowBytes { get; private set; }

    /// <summary>Whether it has ended and all its batches were taken.</summary>
    public bool IsOver => _batches.IsOver;

    public bool TryTake(out RowBatch batch) => _batches.TryTake(out batch);

    public ValueTask<bool> WaitAsync() => _batches.WaitAsync();

    /// <summary>The consumer leaves; it takes and waits no more.</summary>
    public void Abandon()
    {
        Interlocked.Exchange(ref _isAbandoned, 1);
        DropAll();
    }

    public void CloseOnTheWay(ReadOnlyMemory<byte> portal) => PortalToClose = portal;

    public void Tell(IRequestWitness witness) => _witness = witness;

    public override void OnDescribed(RowLayout layout) => Layout = layout;

    public override void OnRows(RowBatch batch, ISessionHost host)
    {
        RowBytes += batch.Length;
        if (IsAbandoned)
            batch.Release();
        else if (_batches.Offer(batch))
            host.RunAfterTurn(_batches);
    }

    public override void OnRunAgain() => Layout = null;

    public override void OnEnded(in RequestEnd end) => End = _witness is null ? end : _witness.OnEnded(this, end);

    public override void Execute()
    {
        if (Feed is { HasBegun: true } feed)
            feed.StopBefore(Finish);
        else
            Finish();
    }

    private void Finish()
    {
        if (_batches.Complete())
            _batches.Execute();
        if (IsAbandoned)
            DropAll();
    }

    private bool IsAbandoned => Volatile.Read(in _isAbandoned) != 0;

    private void DropAll()
    {
        while (_batches.TryTake(out var batch))
            batch.Release();
    }
}
