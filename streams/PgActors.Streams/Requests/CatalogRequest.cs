using PgActors.Sessions;
using PgActors.Statements;
using PgActors.Types;

namespace PgActors.Requests;

/// <summary>A look-up of types.</summary>
internal sealed class CatalogRequest : CatalogRowsRequest<PgTypeDescription>
{
    // One for all look-ups, so that it is prepared once.
    private static readonly SqlStatement Sql = new(CatalogQuery.Sql, CatalogQuery.ParameterTypes);

    /// <summary>The command that looks types up.</summary>
    public static PgCommand For(IReadOnlyCollection<TypeWish> wishes)
    {
        var buffer = ParameterBuffer.Rent();
        CatalogQuery.WriteParameters(buffer.Writer, TypeWish.OidsOf(wishes), TypeWish.NamesOf(wishes));
        buffer.Count = CatalogQuery.ParameterTypes.Length;
        return new PgCommand(Sql, buffer);
    }

    protected override bool TryRead(ReadOnlySpan<byte> body, out PgTypeDescription value) => CatalogQuery.TryRead(body, out value!);
}
