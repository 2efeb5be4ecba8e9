using PgActors.Protocol;
using PgActors.Rows.Mapping;

namespace PgActors.Types;

/// <summary>An anonymous record, or a composite that nobody mapped, as a tuple.</summary>
internal sealed class RecordCodec<T>(TypeContext context) : AnyRecordCodec<T>(context)
{
    private protected override RowMapper<T> MakeMapper(uint[] types, DataFormat format)
    {
        foreach (var type in types)
        {
            if (Context.Registry.IsUnknown(type))
                throw MappingErrors.UnknownPart(Context.Registry, Context.Oid, type);
        }

        var attributes = types.Select((type, i) => new PgAttribute($"f{i + 1}", type)).ToArray();
        return RowMapperFactory.CreateOfTuple<T>(LayoutOf(attributes, format), Context.Registry, Context.Registry.NameOf(Context.Oid));
    }

    // An anonymous record does not say its types in text: they are taken to be those that the items are written as.
    private protected override uint[] TypesOfText(int columns) => Context.Description is { Kind: PgTypeKind.Composite } composite
        ? [.. composite.Attributes.Select(attribute => attribute.TypeOid)]
        : [.. TuplePlanner.ItemTypes(typeof(T)).Select(type => Context.Registry.NaturalOidOf(type) ?? PgTypeOid.Text)];

    private protected override RecordWriter<T> MakeWriter() => Context.Description is { Kind: PgTypeKind.Composite }
        ? RecordWriter<T>.MakeOfTuple(Context)
        : throw new ArgumentException(
            "PostgreSQL takes no value of an anonymous record type; say which composite type it is, with PgParam.As.");
}
