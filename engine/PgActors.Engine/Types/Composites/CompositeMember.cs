namespace PgActors.Types;

/// <summary>A property that is written as a column of a composite.</summary>
/// <typeparam name="TOwner">Whose property it is.</typeparam>
public abstract class CompositeMember<TOwner>
{
    private protected CompositeMember(string name, string? column, Type type)
    {
        Name = name;
        Column = column;
        Type = type;
    }

    /// <summary>Its name, which a column matches if they differ by case and underscores only.</summary>
    internal string Name { get; }

    /// <summary>The exact name of its column, if it was given.</summary>
    internal string? Column { get; }

    internal Type Type { get; }

    /// <summary>Ties it to a codec of its type.</summary>
    internal abstract MemberWriter<TOwner> CreateWriter(PgCodec codec);
}

/// <summary>A property of type <typeparamref name="T"/>, taken by code that was written at compile time. Immutable.</summary>
/// <param name="name">Its name.</param>
/// <param name="column">The exact name of its column; <see langword="null"/> if its own name tells.</param>
/// <param name="get">Takes its value.</param>
/// <typeparam name="TOwner">Whose property it is.</typeparam>
/// <typeparam name="T">Its type.</typeparam>
public sealed class CompositeMember<TOwner, T>(string name, string? column, MemberGetter<TOwner, T> get)
    : CompositeMember<TOwner>(name, column, typeof(T))
{
    internal override MemberWriter<TOwner> CreateWriter(PgCodec codec) => new MemberWriter<TOwner, T>((PgCodec<T>)codec, get);
}
