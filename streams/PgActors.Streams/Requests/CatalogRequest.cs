using PgActors.Rows;
using PgActors.Sessions;
using PgActors.Statements;
using PgActors.Types;

namespace PgActors.Requests;

/// <summary>A look-up of types.</summary>
internal sealed class CatalogRequest : RequestCompletion<IReadOnlyList<PgTypeDescription>>
{
    // One for all look-ups, so that it is prepared once.
    private static readonly SqlStatement Sql = new(CatalogQuery.Sql, CatalogQuery.ParameterTypes);

    private static readonly SqlStatement BaseTypesSql = new(CatalogQuery.BaseTypesSql);
    private static readonly SqlStatement ContainersSql = new(CatalogQuery.ContainersSql, [PgTypeOid.OidArray]);

    private readonly List<RowBatch> _batches = [];

    public CatalogRequest() => KnowsColumns = true;

    /// <summary>The command that answers the base types with a binary form.</summary>
    public static PgCommand ForBaseTypes() => new(BaseTypesSql, null);

    /// <summary>The command that looks types up.</summary>
    public static PgCommand For(IReadOnlyCollection<TypeWish> wishes)
    {
        var buffer = ParameterBuffer.Rent();
        CatalogQuery.WriteParameters(buffer.Writer, TypeWish.OidsOf(wishes), TypeWish.NamesOf(wishes));
        buffer.Count = CatalogQuery.ParameterTypes.Length;
        return new PgCommand(Sql, buffer);
    }

    /// <summary>The command that answers, as an array, types and all that are made of them.</summary>
    public static PgCommand ForContainersOf(uint[] oids)
    {
        var buffer = ParameterBuffer.Rent();
        CatalogQuery.WriteOids(buffer.Writer, oids);
        buffer.Count = 1;
        return new PgCommand(ContainersSql, buffer);
    }

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
