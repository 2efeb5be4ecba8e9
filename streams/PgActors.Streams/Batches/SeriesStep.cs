using PgActors.Requests;
using PgActors.Rows;
using PgActors.Runtime;
using PgActors.Sessions;
using PgActors.Statements;
using PgActors.Transactions;
using PgActors.Types;

namespace PgActors.Batches;

/// <summary>One command of a series. Its rows are kept where they lie until the series has ended, and decoded on the caller's side.</summary>
internal sealed class SeriesStep : SessionRequest, ITransactionMember
{
    private CommandSeries _series = null!;
    private ParameterBuffer? _own;
    private StreamedParameter[]? _streams;
    private int _parametersStart;
    private int _parametersLength;
    private bool _keepsRows;
    private RowBatch _firstRows;
    private List<RowBatch>? _moreRows;
    private IRequestWitness? _witness;

    /// <summary>The series that it is of.</summary>
    public CommandSeries Series => _series;

    /// <summary>Where it stands in its series, counted from 0.</summary>
    public int Index { get; private set; }

    /// <summary>The next of its series, sent or not.</summary>
    public SeriesStep? NextStep { get; private set; }

    /// <summary>Where its result goes; <see langword="null"/> if nobody wants it.</summary>
    public PgBatchResult? Result { get; private set; }

    /// <summary>What it becomes a command by; <see langword="null"/> if it is one.</summary>
    public PendingCommand? Pending { get; private set; }

    /// <summary>Whether it is one transaction with its neighbours.</summary>
    public bool SharesFate { get; private set; }

    /// <summary>How it ended, once the series has.</summary>
    public RequestEnd End { get; private set; }

    /// <summary>The columns of its rows; <see langword="null"/> if it was never described.</summary>
    public RowLayout? Layout { get; private set; }

    public void Prepare(CommandSeries series, int index, in PgCommand command, int parametersStart, PgBatchResult? result)
    {
        _series = series;
        Index = index;
        Result = result;
        _keepsRows = result?.NeedsRows ?? false;
        _parametersLength = 0;
        Pending = command.Pending;
        if (Pending is not null)
            return;
        Statement = command.Statement;
        ParameterCount = command.Parameters?.Count ?? 0;
        _parametersStart = parametersStart;
        _parametersLength = (command.Parameters?.Writer.Length ?? parametersStart) - parametersStart;
        TakeStreams(command, parametersStart);
    }

    /// <summary>What was pending is a command now, with a buffer of its own.</summary>
    public void Resolve(in PgCommand command)
    {
        Pending = null;
        Statement = command.Statement;
        ParameterCount = command.Parameters?.Count ?? 0;
        _own = command.Parameters;
        TakeStreams(command, 0);
    }

    /// <summary>Appends the next of the series.</summary>
    public void Append(SeriesStep next) => NextStep = next;

    /// <summary>Everything of the series is written down: takes its place in what is posted.</summary>
    public void Link(ReadOnlyMemory<byte> parameters, bool isAtomic, bool isAwaited, TimeSpan? timeout)
    {
        IsAwaited = isAwaited;
        Timeout = timeout;
        Parameters = _own?.Memory ?? parameters.Slice(_parametersStart, _parametersLength);
        Feed = _streams is null ? null : new ParameterFeed(_streams);
        Following = NextStep;
        SharesFate = isAtomic;
        Syncs = !isAtomic || NextStep is null;
    }

    public void CloseOnTheWay(ReadOnlyMemory<byte> portal) => PortalToClose = portal;

    public void Tell(IRequestWitness witness) => _witness = witness;

    public void Cancel() => CancelAtHolder();

    /// <summary>The rows that came, in order. They are the step's until <see cref="Recycle"/>.</summary>
    public int RowBatchCount => _firstRows.Length == 0 ? 0 : 1 + (_moreRows?.Count ?? 0);

    public RowBatch RowBatchAt(int index) => index == 0 ? _firstRows : _moreRows![index - 1];

    /// <summary>Translates its rows, once it has ended.</summary>
    public async Task TranslateAsync(RowTranslation translation)
    {
        _firstRows = await translation.TranslateAsync(_firstRows).ConfigureAwait(false);
        for (var i = 0; i < _moreRows?.Count; i++)
            _moreRows[i] = await translation.TranslateAsync(_moreRows[i]).ConfigureAwait(false);
        Layout = translation.Layout;
    }

    public override void OnDescribed(RowLayout layout) => Layout = layout;

    public override void OnRows(RowBatch batch, ISessionHost host)
    {
        if (!_keepsRows)
            batch.Release();
        else if (_firstRows.Length == 0)
            _firstRows = batch;
        else
            (_moreRows ??= []).Add(batch);
    }

    public override void OnRunAgain() => DropRows();

    public override void OnEnded(in RequestEnd end)
    {
        End = end;
        _witness?.OnEnded(this, end);
    }

    public override AfterTurnWork? TakeCompletion() => _series.OnStepEnded();

    public override bool IsCompletedBy(AfterTurnWork completion) => ReferenceEquals(_series, completion);

    public override void Execute()
    {
    }

    /// <summary>Its streams are the caller's again when this completes.</summary>
    public Task StopStreamsAsync() => Feed is { HasBegun: true } feed ? feed.StopAsync() : Task.CompletedTask;

    /// <summary>Lets go of everything.</summary>
    /// <param name="isNamed">Whether a cancel that names it may still be read, so that it must not be used for anything else.</param>
    public void Recycle(bool isNamed)
    {
        DropRows();
        Parameters = default;
        _own?.Return();
        _own = null;
        _streams = null;
        Feed = null;
        Pending = null;
        Layout = null;
        Result = null;
        End = default;
        NextStep = null;
        Following = null;
        PortalToClose = default;
        _witness = null;
        if (isNamed || IsLeftBehind)
            return;
        _series = null!;
        Statement = null!;
        Id = default;
        Renew();
        RequestPool<SeriesStep>.Return(this);
    }

    private void TakeStreams(in PgCommand command, int parametersStart)
    {
        if (command.Parameters is not { Streams: { } streams } buffer)
            return;
        _streams = CountedFrom(parametersStart, streams);
        buffer.Streams = null;
        _series.OnStreams();
    }

    // Their places are counted from the beginning of the command's own parameters. Apart, since few commands have any, and all would pay for
    // what the lambda holds on to.
    private static StreamedParameter[] CountedFrom(int start, IEnumerable<StreamedParameter> streams) =>
        [.. streams.Select(stream => stream with { Offset = stream.Offset - start })];

    private void DropRows()
    {
        if (_firstRows.Length > 0)
            _firstRows.Release();
        _firstRows = default;
        if (_moreRows is null)
            return;
        foreach (var batch in _moreRows)
            batch.Release();
        _moreRows = null;
    }
}
