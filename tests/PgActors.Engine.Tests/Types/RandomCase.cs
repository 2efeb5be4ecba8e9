using PgActors.Types;

namespace PgActors.Testing.Values;

/// <summary>A PostgreSQL type as a .NET type, and a source of random values of it that the server takes.</summary>
public abstract class RandomCase(string type, uint oid, uint arrayOid)
{
    /// <summary>The type's name, as a cast spells it.</summary>
    public string Type => type;

    public uint Oid => oid;

    public uint ArrayOid => arrayOid;

    public abstract Type ClrType { get; }

    /// <summary>Both types' names: unique.</summary>
    public string Name => $"{type} as {ClrType.Name}";

    /// <summary>Hands the typed case to who needs its type.</summary>
    public abstract TResult Accept<TResult>(IRandomCaseVisitor<TResult> visitor);
}

/// <summary>Does something with a case whose .NET type is known.</summary>
public interface IRandomCaseVisitor<out TResult>
{
    TResult Visit<T>(RandomCase<T> typed);
}

/// <summary>A case whose .NET type is known.</summary>
public sealed class RandomCase<T>(
    string type, uint oid, uint arrayOid, Func<Random, T> next, Func<PgCodec<T>, uint, uint, PgTypeMapping> map)
    : RandomCase(type, oid, arrayOid)
{
    public override Type ClrType => typeof(T);

    public PgCodec<T> Codec => PgTypeRegistry.Default.FindWriter<T>(Oid)!;

    /// <summary>A mapping that makes this PostgreSQL type the natural one.</summary>
    public PgTypeMapping Mapping => map(Codec, Oid, ArrayOid);

    public T Next(Random random) => next(random);

    public override TResult Accept<TResult>(IRandomCaseVisitor<TResult> visitor) => visitor.Visit(this);
}
