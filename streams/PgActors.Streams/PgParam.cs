namespace PgActors;

/// <summary>Says which PostgreSQL type a parameter has, where the .NET type alone would mean another:
/// <c>$"insert into t values ({PgParam.As(json, PgTypeOid.Jsonb)})"</c>.</summary>
public static class PgParam
{
    /// <summary>A parameter of a type with a fixed OID.</summary>
    /// <param name="value">The value.</param>
    /// <param name="typeOid">The type, one of <see cref="Types.PgTypeOid"/>.</param>
    /// <typeparam name="T">The .NET type, which must have a mapping to that type.</typeparam>
    public static PgParam<T> As<T>(T value, uint typeOid) => new(value, typeOid, null);

    /// <summary>A parameter of any type. One that is not built in is looked up when it is first met.</summary>
    /// <param name="value">The value.</param>
    /// <param name="typeName">The type's name as it is stored, behind its schema if needed: <c>jsonb</c>, <c>mood</c>, <c>shop.mood[]</c>.</param>
    /// <typeparam name="T">The .NET type, which must have a mapping to that type.</typeparam>
    public static PgParam<T> As<T>(T value, string typeName)
    {
        ArgumentException.ThrowIfNullOrEmpty(typeName);
        return new(value, 0, typeName);
    }
}
