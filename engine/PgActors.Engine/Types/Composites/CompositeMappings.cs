using System.Diagnostics.CodeAnalysis;
using PgActors.Rows.Mapping;

namespace PgActors.Types;

/// <summary>A class for a composite type, whose columns are known once the type is.</summary>
internal sealed class CompositeReferenceMapping<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(PgTypeName name)
    : PgTypeMapping(typeof(T), PgTypeKey.Named(name), PgTypeUse.All)
    where T : class
{
    internal override Type ArrayClrType => typeof(T[]);

    internal override bool IsOfColumns => true;

    internal override PgCodec? FindScalar(Type type, in TypeContext context)
        => type == typeof(T) && CompositeCodec.Concerns(context) ? new CompositeCodec<T>(context) : null;

    internal override PgCodec? FindArray(Type type, in TypeContext context, ArrayElement element)
        => CompositeCodec.Concerns(context) ? ArrayForms.Find(type, new CompositeCodec<T>(context), element) : null;
}

/// <summary>A struct for a composite type.</summary>
internal sealed class CompositeValueMapping<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(PgTypeName name)
    : PgTypeMapping(typeof(T), PgTypeKey.Named(name), PgTypeUse.All)
    where T : struct
{
    internal override Type ArrayClrType => typeof(T[]);

    internal override bool IsOfColumns => true;

    internal override PgCodec? FindScalar(Type type, in TypeContext context)
        => CompositeCodec.Concerns(context) ? ValueForms.FindScalar(type, new CompositeCodec<T>(context)) : null;

    internal override PgCodec? FindArray(Type type, in TypeContext context, ArrayElement element)
        => CompositeCodec.Concerns(context) ? ValueForms.FindArray(type, new CompositeCodec<T>(context), element) : null;
}
