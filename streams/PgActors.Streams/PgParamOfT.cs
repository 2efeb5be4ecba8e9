using PgActors.Types;

namespace PgActors;

/// <summary>A parameter with its PostgreSQL type, made by <see cref="PgParam"/>.</summary>
/// <typeparam name="T">The .NET type.</typeparam>
public readonly struct PgParam<T>
{
    private readonly uint _typeOid;

    internal PgParam(T value, uint typeOid, string? typeName)
    {
        Value = value;
        _typeOid = typeOid;
        TypeName = typeName;
    }

    internal T Value { get; }

    internal string? TypeName { get; }

    /// <summary>The name of the type itself, without what makes it an array.</summary>
    internal PgTypeName? MissingName => TypeName is not { } name
        ? (PgTypeName?)null
        : PgTypeName.Parse(name.EndsWith("[]", StringComparison.Ordinal) ? name[..^2] : name);

    internal uint? FindOid(PgTypeRegistry registry) => TypeName is null ? _typeOid : registry.FindOid(TypeName);
}
