using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using PgActors.Protocol;
using PgActors.Rows.Mapping;

namespace PgActors.Types;

/// <summary>Reads and writes one PostgreSQL type as one .NET type. Codecs are immutable and shared by all sessions.</summary>
public abstract class PgCodec
{
    private protected PgCodec()
    {
    }

    /// <summary>The .NET type.</summary>
    public abstract Type ClrType { get; }

    /// <summary>What <see cref="DecodeStatus.OutOfRange"/> means for this codec, as one sentence for an error message. It never holds a
    /// value.</summary>
    public virtual string Limits => "The .NET type cannot hold the value.";

    /// <summary>Ties the codec to one column. Here because only the codec knows its .NET type at compile time: no type is ever made by
    /// reflection, and ahead-of-time compilers see every one.</summary>
    internal abstract ColumnReader CreateColumnReader(ColumnTarget target);

    /// <summary>Ties the codec to one member of objects that are written as composites.</summary>
    internal abstract MemberWriter<TOwner> CreateMemberWriter<TOwner>(MemberInfo[] path);
}

/// <summary>Reads and writes one PostgreSQL type as <typeparamref name="T"/>, in both formats, without boxing.</summary>
/// <remarks>NULL never reaches a codec: whoever calls it has dealt with the length word before.</remarks>
/// <typeparam name="T">The .NET type.</typeparam>
public abstract class PgCodec<T> : PgCodec
{
    /// <inheritdoc/>
    public sealed override Type ClrType => typeof(T);

    /// <summary>Reads the binary form. <paramref name="source"/> is exactly the value; bytes left over make it malformed.</summary>
    public abstract DecodeStatus ReadBinary(ReadOnlySpan<byte> source, [MaybeNull] out T value);

    /// <summary>Reads the text form (UTF-8).</summary>
    public abstract DecodeStatus ReadText(ReadOnlySpan<byte> source, [MaybeNull] out T value);

    /// <summary>Appends the binary form, without the length word.</summary>
    /// <exception cref="ArgumentException">The value has no form in PostgreSQL (a lone surrogate or NUL in text, a date beyond the
    /// type's range); nothing is sent.</exception>
    public abstract void WriteBinary(WireWriter writer, T value);

    /// <summary>Appends the text form, without the length word.</summary>
    /// <exception cref="ArgumentException">As for <see cref="WriteBinary"/>.</exception>
    public abstract void WriteText(WireWriter writer, T value);

    /// <summary>Whether this codec is the one for <paramref name="value"/>, where a .NET type is written as several PostgreSQL types: a
    /// <see cref="DateTime"/> is a timestamptz if its kind is UTC and a timestamp otherwise. Only used to choose among them.</summary>
    public virtual bool Suits(T value) => true;

    /// <summary>Whether one value of an array tells for all of them, because an array of several kinds is not to be had.</summary>
    internal virtual bool OneSuitsForAll => false;

    internal sealed override ColumnReader CreateColumnReader(ColumnTarget target) => new ColumnReader<T>(this, target);

    internal sealed override MemberWriter<TOwner> CreateMemberWriter<TOwner>(MemberInfo[] path)
        => new MemberWriter<TOwner, T>(this, MemberPath.MakeGetter<TOwner, T>(path));
}
