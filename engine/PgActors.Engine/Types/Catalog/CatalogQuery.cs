using PgActors.Protocol;
using PgActors.Rows;

namespace PgActors.Types;

/// <summary>How a server is asked for types, and how its answer is read. Every name and operator is qualified, so that nothing on anybody's
/// search path can stand in for it (CVE-2018-1058).</summary>
internal static class CatalogQuery
{
    /// <summary>OIDs below this are assigned by hand and the same everywhere (PostgreSQL source, transam.h, FirstGenbkiObjectId).</summary>
    internal const uint FirstUnassigned = 10000;

    /// <summary>The statement: $1 is an oid[], $2 a name[]; it answers the types meant and those they are made of, except the built-in
    /// ones.</summary>
    internal const string Sql =
        """
        with recursive known(oid) as (
          select t.oid from pg_catalog.pg_type t
          where t.oid operator(pg_catalog.=) any ($1) or t.typname operator(pg_catalog.=) any ($2)
          union
          select part.oid
          from known
          join pg_catalog.pg_type t on t.oid operator(pg_catalog.=) known.oid
          cross join lateral (
            select t.typelem union all select t.typbasetype union all select t.typarray
            union all
            select r.rngsubtype from pg_catalog.pg_range r where r.rngtypid operator(pg_catalog.=) t.oid
            union all
            select r.rngmultitypid from pg_catalog.pg_range r where r.rngtypid operator(pg_catalog.=) t.oid
            union all
            select r.rngtypid from pg_catalog.pg_range r where r.rngmultitypid operator(pg_catalog.=) t.oid
            union all
            select a.atttypid from pg_catalog.pg_attribute a
            where a.attrelid operator(pg_catalog.=) t.typrelid and t.typtype operator(pg_catalog.=) 'c'
              and a.attnum operator(pg_catalog.>) 0 and not a.attisdropped
          ) part(oid)
          where part.oid operator(pg_catalog.>=) '10000'::pg_catalog.oid
        )
        select
          t.oid,
          n.nspname,
          t.typname,
          case when e.typarray operator(pg_catalog.=) t.oid then 'a' else t.typtype::pg_catalog.text end,
          t.typarray,
          case
            when e.typarray operator(pg_catalog.=) t.oid then t.typelem
            when t.typtype operator(pg_catalog.=) 'd' then t.typbasetype
            when t.typtype operator(pg_catalog.=) 'r' then r.rngsubtype
            when t.typtype operator(pg_catalog.=) 'm' then m.rngtypid
            else '0'::pg_catalog.oid
          end,
          t.typsend operator(pg_catalog.<>) '0'::pg_catalog.oid,
          t.typdelim::pg_catalog.text,
          pg_catalog.pg_type_is_visible(t.oid),
          (select x.extname from pg_catalog.pg_depend d
            join pg_catalog.pg_extension x on x.oid operator(pg_catalog.=) d.refobjid
            where d.classid operator(pg_catalog.=) '1247'::pg_catalog.oid
              and d.objid operator(pg_catalog.=) case when e.typarray operator(pg_catalog.=) t.oid then e.oid else t.oid end
              and d.refclassid operator(pg_catalog.=) '3079'::pg_catalog.oid and d.deptype operator(pg_catalog.=) 'e'
            limit 1),
          array(select a.attname::pg_catalog.text from pg_catalog.pg_attribute a
            where a.attrelid operator(pg_catalog.=) t.typrelid and a.attnum operator(pg_catalog.>) 0 and not a.attisdropped
            order by a.attnum),
          array(select a.atttypid from pg_catalog.pg_attribute a
            where a.attrelid operator(pg_catalog.=) t.typrelid and a.attnum operator(pg_catalog.>) 0 and not a.attisdropped
            order by a.attnum),
          array(select l.enumlabel::pg_catalog.text from pg_catalog.pg_enum l
            where l.enumtypid operator(pg_catalog.=) t.oid order by l.enumsortorder)
        from known
        join pg_catalog.pg_type t on t.oid operator(pg_catalog.=) known.oid
        join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) t.typnamespace
        left join pg_catalog.pg_type e on e.oid operator(pg_catalog.=) t.typelem
        left join pg_catalog.pg_range r on r.rngtypid operator(pg_catalog.=) t.oid
        left join pg_catalog.pg_range m on m.rngmultitypid operator(pg_catalog.=) t.oid
        """;

    /// <summary>The statement that answers, a row each, the base types that are not built in and have a binary form. Every database is asked, before
    /// its first rows, and few have any: so no more than that is asked.</summary>
    internal const string BaseTypesSql =
        """
        select t.oid from pg_catalog.pg_type t
        where t.typtype operator(pg_catalog.=) 'b' and t.typsend operator(pg_catalog.<>) '0'::pg_catalog.oid
          and t.oid operator(pg_catalog.>=) '10000'::pg_catalog.oid
          and not exists (select from pg_catalog.pg_type e where e.typarray operator(pg_catalog.=) t.oid)
        """;

    /// <summary>The statement that answers, a row each, the types of $1, an oid[], and all that are made of them.</summary>
    internal const string ContainersSql =
        """
        with recursive containers(oid) as (
          select part.oid from pg_catalog.unnest($1) part(oid)
          union
          select t.oid
          from containers c
          cross join pg_catalog.pg_type t
          where t.typelem operator(pg_catalog.=) c.oid or t.typbasetype operator(pg_catalog.=) c.oid
            or exists (select from pg_catalog.pg_range r
              where (r.rngtypid operator(pg_catalog.=) t.oid and r.rngsubtype operator(pg_catalog.=) c.oid)
                or (r.rngmultitypid operator(pg_catalog.=) t.oid and r.rngtypid operator(pg_catalog.=) c.oid))
            or (t.typtype operator(pg_catalog.=) 'c' and exists (select from pg_catalog.pg_attribute a
              where a.attrelid operator(pg_catalog.=) t.typrelid and a.atttypid operator(pg_catalog.=) c.oid
                and a.attnum operator(pg_catalog.>) 0 and not a.attisdropped))
        )
        select oid from containers
        """;

    private const int Columns = 13;

    /// <summary>The types of the statement's parameters.</summary>
    internal static ReadOnlySpan<uint> ParameterTypes => [PgTypeOid.OidArray, PgTypeOid.NameArray];

    /// <summary>Appends the statement's parameters.</summary>
    internal static void WriteParameters(WireWriter writer, uint[] oids, string[] names)
    {
        WriteOids(writer, oids);
        var mark = writer.BeginValue();
        new ArrayCodec<string>(TextCodec.Instance, new ArrayElement(PgTypeOid.Name)).WriteBinary(writer, names);
        writer.EndValue(mark);
    }

    /// <summary>Appends a parameter of type oid[].</summary>
    internal static void WriteOids(WireWriter writer, uint[] oids)
    {
        var mark = writer.BeginValue();
        new ArrayCodec<uint>(OidCodec.Instance, new ArrayElement(PgTypeOid.Oid)).WriteBinary(writer, oids);
        writer.EndValue(mark);
    }

    /// <summary>Reads one row of the answer, in binary.</summary>
    /// <param name="body">The body of a DataRow.</param>
    /// <param name="type">The type.</param>
    /// <returns><see langword="false"/> if it is no such row.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> body, out PgTypeDescription? type)
    {
        type = null;
        if (!RowReader.TryOpen(body, Columns, out var row)
            || !TryRead(ref row, OidCodec.Instance, out var oid)
            || !TryRead(ref row, TextCodec.Instance, out var schema)
            || !TryRead(ref row, TextCodec.Instance, out var name)
            || !TryRead(ref row, TextCodec.Instance, out var kind)
            || !TryRead(ref row, OidCodec.Instance, out var array)
            || !TryRead(ref row, OidCodec.Instance, out var part)
            || !TryRead(ref row, BoolCodec.Instance, out var binary)
            || !TryRead(ref row, TextCodec.Instance, out var delimiter)
            || !TryRead(ref row, BoolCodec.Instance, out var visible)
            || !row.TryReadNext(out var extensionBytes, out var hasNoExtension)
            || TextCodec.Instance.ReadText(extensionBytes, out var extension) != DecodeStatus.Ok
            || !TryRead(ref row, new ArrayCodec<string>(TextCodec.Instance, new ArrayElement(PgTypeOid.Text)), out var attributeNames)
            || !TryRead(ref row, new ArrayCodec<uint>(OidCodec.Instance, new ArrayElement(PgTypeOid.Oid)), out var attributeTypes)
            || !TryRead(ref row, new ArrayCodec<string>(TextCodec.Instance, new ArrayElement(PgTypeOid.Text)), out var labels)
            || attributeNames.Length != attributeTypes.Length || KindOf(kind) is not { } known || delimiter.Length != 1)
            return false;
        type = new PgTypeDescription
        {
            Oid = oid,
            Schema = schema,
            Name = name,
            Kind = known,
            ArrayOid = array,
            PartOid = part,
            HasSendFunction = binary,
            Delimiter = delimiter[0],
            IsVisible = visible,
            Extension = hasNoExtension ? null : extension,
            Attributes = known == PgTypeKind.Composite
                ? [.. attributeNames.Zip(attributeTypes, static (attribute, typeOid) => new PgAttribute(attribute, typeOid))]
                : [],
            Labels = labels,
        };
        return true;
    }

    /// <summary>Reads a row that is an oid, in binary.</summary>
    /// <param name="body">The body of a DataRow.</param>
    /// <param name="oid">It.</param>
    /// <returns><see langword="false"/> if it is no such row.</returns>
    internal static bool TryReadOid(ReadOnlySpan<byte> body, out uint oid)
    {
        oid = 0;
        return RowReader.TryOpen(body, 1, out var row) && TryRead(ref row, OidCodec.Instance, out oid);
    }

    private static bool TryRead<T>(ref RowReader row, PgCodec<T> codec, out T value)
    {
        value = default!;
        return row.TryReadNext(out var bytes, out var isNull) && !isNull && codec.ReadBinary(bytes, out value!) == DecodeStatus.Ok;
    }

    private static PgTypeKind? KindOf(string letter) => letter switch
    {
        "b" => PgTypeKind.Base,
        "a" => PgTypeKind.Array,
        "d" => PgTypeKind.Domain,
        "e" => PgTypeKind.Enum,
        "c" => PgTypeKind.Composite,
        "r" => PgTypeKind.Range,
        "m" => PgTypeKind.Multirange,
        "p" => PgTypeKind.Pseudo,
        _ => null,
    };
}
