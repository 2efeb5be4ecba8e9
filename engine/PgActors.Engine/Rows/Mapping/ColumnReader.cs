using System.Reflection;
using System.Runtime.CompilerServices;
using PgActors.Protocol;
using PgActors.Types;

namespace PgActors.Rows.Mapping;

/// <summary>Reads one column of every row: its codec, format and treatment of NULL are settled.</summary>
public abstract class ColumnReader
{
    private protected ColumnReader()
    {
    }

    /// <summary><see cref="ColumnReader{T}.Read"/>, for emitted code to call.</summary>
    internal abstract MethodInfo ReadMethod { get; }

    /// <summary>Reads the next column, boxed: for rows made by reflection.</summary>
    internal abstract object? ReadBoxed(ref RowReader reader);

    /// <summary>Reads the next column as an object, in which NULL is <see langword="null"/> whatever the type.</summary>
    internal abstract object? ReadObject(ref RowReader reader);
}

/// <summary>Reads one column as <typeparamref name="T"/>, without boxing. Immutable; safe for all threads.</summary>
/// <typeparam name="T">What the column becomes.</typeparam>
public sealed class ColumnReader<T> : ColumnReader
{
    // Fields of this object, so that a row costs no second object for the usual path.
    private readonly PgCodec<T> _codec;
    private readonly ColumnTarget _target;
    private readonly bool _isBinary;
    private readonly bool _allowsNull;

    internal ColumnReader(PgCodec<T> codec, ColumnTarget target)
    {
        _codec = codec;
        _target = target;
        _isBinary = target.Format == DataFormat.Binary;
        _allowsNull = target.AllowsNull;
    }

    internal override MethodInfo ReadMethod
        => typeof(ColumnReader<T>).GetMethod(nameof(Read), BindingFlags.Instance | BindingFlags.Public)!;

    internal override object? ReadBoxed(ref RowReader reader) => Read(ref reader);

    /// <summary>Reads the next column.</summary>
    /// <param name="reader">In front of this reader's column.</param>
    /// <returns>The value; the default of <typeparamref name="T"/> for a NULL that is allowed.</returns>
    /// <exception cref="PgMappingException">The column is NULL and may not be, or its bytes cannot be read.</exception>
    public T Read(ref RowReader reader)
    {
        if (!reader.TryReadNext(out var bytes, out var isNull))
            throw MappingErrors.MalformedRow();
        if (isNull)
            return _allowsNull ? default! : throw MappingErrors.Null(_target);
        return Decode(bytes);
    }

    internal override object? ReadObject(ref RowReader reader)
    {
        if (!reader.TryReadNext(out var bytes, out var isNull))
            throw MappingErrors.MalformedRow();
        return isNull ? null : Decode(bytes);
    }

    private T Decode(ReadOnlySpan<byte> bytes)
    {
        var status = _isBinary ? _codec.ReadBinary(bytes, out var value) : _codec.ReadText(bytes, out value);
        if (status != DecodeStatus.Ok)
            ThrowUnreadable(status);
        return value!;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ThrowUnreadable(DecodeStatus status) => throw MappingErrors.Unreadable(_target, status, _codec);
}
