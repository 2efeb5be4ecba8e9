using System.Diagnostics.CodeAnalysis;
using PgActors.Protocol;
using PgActors.Rows.Mapping;

namespace PgActors.Types;

/// <summary>A named composite type, whose columns the catalogue knows.</summary>
internal sealed class CompositeCodec<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(TypeContext context) : AnyRecordCodec<T>(context)
{
    private readonly IReadOnlyList<PgAttribute> _attributes = context.Description!.Attributes;

    private protected override RowMapper<T> MakeMapper(uint[] types, DataFormat format)
        => types.Length == _attributes.Count && types.AsSpan().SequenceEqual(Types)
            ? RowMapperFactory.CreateOfColumns<T>(LayoutOf(_attributes, format), Context.Registry, Context.Registry.NameOf(Context.Oid))
            : throw MappingErrors.OutdatedComposite(Context.Registry, Context.Oid, _attributes.Count, types.Length);

    private protected override uint[] TypesOfText(int columns) => columns == _attributes.Count || (columns == 1 && _attributes.Count == 0)
        ? Types
        : throw MappingErrors.OutdatedComposite(Context.Registry, Context.Oid, _attributes.Count, columns);

    private protected override RecordWriter<T> MakeWriter() => TuplePlanner.IsTuple(typeof(T))
        ? RecordWriter<T>.MakeOfTuple(Context)
        : RecordWriter<T>.Make(Context, ObjectMembers.Find<T>(Context));

    private uint[] Types => [.. _attributes.Select(attribute => attribute.TypeOid)];
}

/// <summary>What does not depend on the .NET type.</summary>
internal static class CompositeCodec
{
    internal static bool Concerns(in TypeContext context) => context.Description is { Kind: PgTypeKind.Composite };
}
