namespace PgActors.Types;

/// <summary>A .NET enum for a PostgreSQL enum, whose labels are known once the type is.</summary>
internal sealed class EnumTypeMapping<TEnum>(PgTypeName name, EnumMember<TEnum>[] members)
    : PgTypeMapping(typeof(TEnum), PgTypeKey.Named(name), PgTypeUse.All)
    where TEnum : struct, Enum
{
    internal override Type ArrayClrType => typeof(TEnum[]);

    internal override PgCodec? FindScalar(Type type, in TypeContext context)
        => Concerns(context) ? ValueForms.FindScalar(type, Codec(context)) : null;

    internal override PgCodec? FindArray(Type type, in TypeContext context, ArrayElement element)
        => Concerns(context) ? ValueForms.FindArray(type, Codec(context), element) : null;

    private static bool Concerns(in TypeContext context) => context.Description is { Kind: PgTypeKind.Enum };

    private EnumCodec<TEnum> Codec(in TypeContext context) => new(members, context.Description!.Labels);
}
