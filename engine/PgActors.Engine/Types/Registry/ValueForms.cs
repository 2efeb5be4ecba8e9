namespace PgActors.Types;

/// <summary>What follows from the codec of a struct.</summary>
internal static class ValueForms
{
    internal static PgCodec? FindScalar<T>(Type type, PgCodec<T> codec)
        where T : struct
    {
        if (type == typeof(T))
            return codec;
        return type == typeof(T?) ? new NullableCodec<T>(codec) : null;
    }

    internal static PgCodec? FindArray<T>(Type type, PgCodec<T> codec, ArrayElement element)
        where T : struct
        => ArrayForms.Find(type, codec, element) ?? ArrayForms.Find(type, new NullableCodec<T>(codec), element);
}
