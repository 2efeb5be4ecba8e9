using PgActors.Sessions;
using PgActors.Statements;
using PgActors.Types;

namespace PgActors.Requests;

/// <summary>A question which types there are.</summary>
internal sealed class TypeListRequest : CatalogRowsRequest<uint>
{
    private static readonly SqlStatement BaseTypes = new(CatalogQuery.BaseTypesSql);
    private static readonly SqlStatement Containers = new(CatalogQuery.ContainersSql, [PgTypeOid.OidArray]);

    /// <summary>The command that lists the base types which are not built in and have a binary form.</summary>
    public static PgCommand ForBaseTypes() => new(BaseTypes, null);

    /// <summary>The command that lists types and all that are made of them.</summary>
    public static PgCommand ForContainersOf(uint[] oids)
    {
        var buffer = ParameterBuffer.Rent();
        CatalogQuery.WriteOids(buffer.Writer, oids);
        buffer.Count = 1;
        return new PgCommand(Containers, buffer);
    }

    protected override bool TryRead(ReadOnlySpan<byte> body, out uint value) => CatalogQuery.TryReadOid(body, out value);
}
