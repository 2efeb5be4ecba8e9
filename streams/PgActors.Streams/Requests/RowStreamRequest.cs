using PgActors.Queries;
using PgActors.Rows;
using PgActors.Runtime;
using PgActors.Sessions;

namespace PgActors.Requests;

/// <summary>A command whose rows are streamed: batches go to the consumer as they arrive, as far as its credit reaches.</summary>
internal sealed class RowStreamRequest : SessionRequest
{
    private readonly Handoff<RowBatch> _batches = new();
    private readonly Action<RowStreamRequest> _ended;
    private readonly bool _isAdaptive;
    private FetchSizer _sizer;
    private long _fetched;

    public RowStreamRequest(RowStreamPlan plan, Action<RowStreamRequest> ended)
    {
        Statement = plan.Statement;
        ParameterCount = plan.ParameterCount;
        Parameters = plan.Parameters;
        Feed = plan.Streams?.Feed();
        RowLimit = plan.IsAdaptive ? FetchSizer.First : plan.FetchSize;
        Window = plan.Window;
        TakesPieces = plan.TakesPieces;
        Timeout = plan.Timeout;
        _ended = ended;
        _isAdaptive = plan.IsAdaptive;
        _sizer = new FetchSizer(Math.Max(1, plan.Window / 2));
    }

    /// <summary>The columns; known when the first batch is, or the end.</summary>
    public RowLayout? Layout { get; private set; }

    /// <summary>How it ended; meaningful once <see cref="WaitAsync"/> said that nothing follows.</summary>
    public RequestEnd End { get; private set; }

    public bool TryTake(out RowBatch batch) => _batches.TryTake(out batch);

    public ValueTask<bool> WaitAsync() => _batches.WaitAsync();

    public override void OnDescribed(RowLayout layout) => Layout = layout;

    public override void OnRows(RowBatch batch, ISessionHost host)
    {
        _fetched += batch.Length;
        if (_batches.Offer(batch))
            host.RunAfterTurn(_batches);
    }

    public override void OnSuspended()
    {
        if (!_isAdaptive)
            return;
        _sizer.OnFetched(_fetched);
        _fetched = 0;
        RowLimit = _sizer.Rows;
    }

    // Nothing of it was sent, so nothing has come.
    public override void OnRunAgain() => Layout = null;

    public override void OnEnded(in RequestEnd end) => End = end;

    /// <summary>The turn is over: the session is free, and the consumer may see the end.</summary>
    public override void Execute()
    {
        if (Feed is { HasBegun: true } feed)
            feed.StopBefore(Finish);
        else
            Finish();
    }

    private void Finish()
    {
        _ended(this);
        if (_batches.Complete())
            _batches.Execute();
    }
}
