using System.Diagnostics.CodeAnalysis;
using PgActors.Rows;
using PgActors.Rows.Mapping;
using PgActors.Sessions;

namespace PgActors.Requests;

/// <summary>A command of which one row is wanted. It keeps the first row where it lies, counts the others, and decodes on the caller's side.</summary>
internal sealed class SingleRowRequest<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T> : RequestCompletion<T?>
{
    private RowLayout? _layout;
    private RowBatch _first;
    private bool _hasRow;
    private bool _hasMore;

    /// <summary>Whether a missing row is an error.</summary>
    public bool IsRequired { get; set; }

    public override void OnDescribed(RowLayout layout) => _layout = layout;

    public override void OnRows(RowBatch batch, ISessionHost host)
    {
        if (_hasRow)
        {
            _hasMore = true;
            batch.Release();
            return;
        }

        _hasRow = true;
        _first = batch;
    }

    public override void OnRunAgain() => DropRow();

    protected override bool NeedsPreparation => _hasRow && Types!.MustPrepare<T>(_layout!);

    protected override Task? PrepareResult() => NeedsPreparation ? PrepareAsync() : null;

    protected override T? TakeResult(in FinishedCommand command)
    {
        if (!_hasRow)
        {
            return IsRequired
                ? throw new InvalidOperationException(
                    (_layout is { Count: 0 }
                        ? "One row was expected, and the statement returns none. Use ExecuteAsync, or add RETURNING."
                        : "One row was expected and none came. Use QuerySingleOrDefaultAsync where none is fine.") + $"\n  {Statement}")
                : default;
        }

        var position = 0;
        _first.TryReadRow(ref position, out var row);
        if (_hasMore || position < _first.Length)
        {
            throw new InvalidOperationException(
                $"One row was expected and more came. Add a condition or 'limit 1', or use Query to stream them.\n  {Statement}");
        }

        try
        {
            return RowMapperFactory.GetOrCreate<T>(_layout!, Types!.Current).Read(row);
        }
        catch (PgMappingException failed) when (Types!.Note(failed))
        {
            throw;
        }
    }

    protected override void DropResult()
    {
        DropRow();
        _layout = null;
    }

    protected override void ReturnToPool() => RequestPool<SingleRowRequest<T>>.Return(this);

    private async Task PrepareAsync()
    {
        if (await Types!.PrepareAsync<T>(_layout!, _first).ConfigureAwait(false) is not { } translation)
            return;
        _first = await translation.TranslateAsync(_first).ConfigureAwait(false);
        _layout = translation.Layout;
    }

    private void DropRow()
    {
        if (_hasRow)
            _first.Release();
        _first = default;
        _hasRow = _hasMore = false;
    }
}
