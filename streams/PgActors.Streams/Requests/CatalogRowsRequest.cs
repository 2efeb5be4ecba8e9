using PgActors.Rows;
using PgActors.Sessions;

namespace PgActors.Requests;

/// <summary>A question to the server's catalogue, whose rows are read once all are there. What is no such row is passed over.</summary>
/// <typeparam name="T">What a row becomes.</typeparam>
internal abstract class CatalogRowsRequest<T> : RequestCompletion<IReadOnlyList<T>>
{
    private readonly List<RowBatch> _batches = [];

    protected CatalogRowsRequest() => KnowsColumns = true;

    public override void OnDescribed(RowLayout layout)
    {
    }

    public override void OnRows(RowBatch batch, ISessionHost host) => _batches.Add(batch);

    public override void OnRunAgain() => DropResult();

    /// <summary>Reads the body of a DataRow.</summary>
    protected abstract bool TryRead(ReadOnlySpan<byte> body, out T value);

    protected override IReadOnlyList<T> TakeResult(in FinishedCommand command)
    {
        var values = new List<T>();
        foreach (var batch in _batches)
        {
            var position = 0;
            while (batch.TryReadRow(ref position, out var row))
            {
                if (TryRead(row, out var value))
                    values.Add(value);
            }
        }

        return values;
    }

    protected override void DropResult()
    {
        foreach (var batch in _batches)
            batch.Release();
        _batches.Clear();
    }

    // One is made for each question, of which there are few.
    protected override void ReturnToPool()
    {
    }
}
