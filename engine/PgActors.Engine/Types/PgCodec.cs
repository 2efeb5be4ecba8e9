using System.Diagnostics.CodeAnalysis;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>Reads and writes one PostgreSQL type as one .NET type. Codecs are immutable and shared by all sessions.</summary>
public abstract class PgCodec
{
    private protected PgCodec()
    {
    }

    /// <summary>The .NET type.</summary>
    public abstract Type ClrType { get; }
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
}
