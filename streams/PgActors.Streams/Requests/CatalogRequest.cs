using PgActors.Rows;
using PgActors.Sessions;
using PgActors.Types;

namespace PgActors.Requests;

/// <summary>A look-up of types.</summary>
internal sealed class CatalogRequest : RequestCompletion<IReadOnlyList<PgTypeDescription>>
{
    private readonly List<RowBatch> _batches = [];

    /// <summary>The one statement for all of them.</summary>
    public static SqlStatement Sql { get; } = new(CatalogQuery.Sql, CatalogQuery.ParameterTypes);

    public override void OnDescribed(RowLayout layout)
    {
    }

    public override void OnRows(RowBatch batch, ISessionHost host) => _batches.Add(batch);

    public override void OnRunAgain() => DropResult();

    protected override IReadOnlyList<PgTypeDescription> TakeResult(in FinishedCommand command)
    {
        var types = new List<PgTypeDescription>();
        foreach (var batch in _batches)
        {
            var position = 0;
            while (batch.TryReadRow(ref position, out var row))
            {
                if (CatalogQuery.TryRead(row, out var type))
                    types.Add(type!);
            }
        }

        return types;
    }

    protected override void DropResult()
    {
        foreach (var batch in _batches)
            batch.Release();
        _batches.Clear();
    }

    // One is made for each look-up, of which there are few.
    protected override void ReturnToPool()
    {
    }
}
