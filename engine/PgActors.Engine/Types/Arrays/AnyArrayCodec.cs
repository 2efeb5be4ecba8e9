using System.Diagnostics.CodeAnalysis;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>
/// A PostgreSQL array as some .NET collection (PostgreSQL source, array_send and array_recv; documentation, "Arrays"). Memory is taken for no
/// more elements than the bytes that are there can hold.
/// </summary>
/// <remarks>An element that is NULL is <see langword="null"/> where <typeparamref name="TItem"/> has it, else out of range.</remarks>
internal abstract class AnyArrayCodec<TCollection, TItem>(PgCodec<TItem> element, ArrayElement type) : PgCodec<TCollection>
{
    public override string Limits
    {
        get
        {
            var nulls = default(TItem) is null ? "" : "it holds NULL (make the element type nullable), or ";
            return $"{ShapeLimits}, or {nulls}an element is out of range: {element.Limits}";
        }
    }

    /// <summary>What arrays the collection cannot hold, as the beginning of a sentence.</summary>
    private protected virtual string ShapeLimits => "It has more than one dimension (read it as PgArray<T>, or as T[,] and so on)";

    public sealed override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, [MaybeNull] out TCollection value)
    {
        value = default;
        var reader = new WireReader(source);
        if (!ArrayShape.TryRead(ref reader, type.Oid, out var shape))
            return DecodeStatus.Malformed;
        if (!TryCreate(shape, out var result))
            return DecodeStatus.OutOfRange;
        foreach (ref var item in Items(result))
        {
            if (!reader.TryReadValue(out var bytes, out var isNull))
                return DecodeStatus.Malformed;
            if (isNull && default(TItem) is not null)
                return DecodeStatus.OutOfRange;
            var status = isNull ? DecodeStatus.Ok : element.ReadBinary(bytes, out item!);
            if (status != DecodeStatus.Ok)
                return status;
        }

        if (!reader.AtEnd)
            return DecodeStatus.Malformed;
        value = result;
        return DecodeStatus.Ok;
    }

    public sealed override DecodeStatus ReadText(ReadOnlySpan<byte> source, [MaybeNull] out TCollection value)
    {
        value = default;
        if (!ArrayText.TryMeasure(source, type.Delimiter, out var shape))
            return DecodeStatus.Malformed;
        if (!TryCreate(shape, out var result))
            return DecodeStatus.OutOfRange;
        using var text = new ArrayText(source, type.Delimiter);
        foreach (ref var item in Items(result))
        {
            if (!text.TryReadNext(out var bytes, out var isNull))
                return DecodeStatus.Malformed;
            if (isNull && default(TItem) is not null)
                return DecodeStatus.OutOfRange;
            var status = isNull ? DecodeStatus.Ok : element.ReadText(bytes, out item!);
            if (status != DecodeStatus.Ok)
                return status;
        }

        value = result;
        return DecodeStatus.Ok;
    }

    public sealed override void WriteBinary(WireWriter writer, TCollection value)
    {
        var items = Items(value);
        var flags = ShapeOf(value, items.Length).Write(writer, type.Oid);
        foreach (var item in items)
        {
            if (item is null)
            {
                writer.PatchInt32(flags, 1);
                writer.WriteNull();
                continue;
            }

            var mark = writer.BeginValue();
            element.WriteBinary(writer, item);
            writer.EndValue(mark);
        }
    }

    public sealed override void WriteText(WireWriter writer, TCollection value)
    {
        var items = Items(value);
        var shape = ShapeOf(value, items.Length);
        if (shape.Count == 0)
        {
            writer.WriteBytes("{}"u8);
            return;
        }

        WriteBounds(writer, shape);
        using var scratch = new WireWriter();
        WriteDimension(writer, scratch, items, shape, 0);
    }

    public sealed override bool Suits(TCollection value)
    {
        foreach (var item in Items(value))
        {
            if (item is null)
                continue;
            if (!element.Suits(item))
                return false;
            if (element.OneSuitsForAll)
                break;
        }

        return true;
    }

    /// <summary>Makes a collection of default elements.</summary>
    /// <returns><see langword="false"/> if the collection cannot have that shape.</returns>
    private protected abstract bool TryCreate(in ArrayShape shape, [NotNullWhen(true)] out TCollection? collection);

    /// <summary>The elements in place, the last index running fastest.</summary>
    private protected abstract Span<TItem> Items(TCollection collection);

    /// <summary>The shape to write.</summary>
    private protected virtual ArrayShape ShapeOf(TCollection collection, int count) => ArrayShape.OfList(count);

    private static void WriteBounds(WireWriter writer, in ArrayShape shape)
    {
        var isPlain = true;
        for (var i = 0; i < shape.Rank; i++)
            isPlain &= shape.LowerBound(i) == 1;
        if (isPlain)
            return;
        for (var i = 0; i < shape.Rank; i++)
        {
            writer.WriteByte((byte)'[');
            Int4Codec.Instance.WriteText(writer, shape.LowerBound(i));
            writer.WriteByte((byte)':');
            Int4Codec.Instance.WriteText(writer, shape.LowerBound(i) + shape.Length(i) - 1);
            writer.WriteByte((byte)']');
        }

        writer.WriteByte((byte)'=');
    }

    private void WriteDimension(WireWriter writer, WireWriter scratch, ReadOnlySpan<TItem> items, in ArrayShape shape, int dimension)
    {
        writer.WriteByte((byte)'{');
        var length = shape.Length(dimension);
        var step = items.Length / length;
        for (var i = 0; i < length; i++)
        {
            if (i > 0)
                writer.WriteByte(type.Delimiter);
            if (dimension < shape.Rank - 1)
                WriteDimension(writer, scratch, items.Slice(i * step, step), shape, dimension + 1);
            else
                WriteItem(writer, scratch, items[i]);
        }

        writer.WriteByte((byte)'}');
    }

    private void WriteItem(WireWriter writer, WireWriter scratch, TItem item)
    {
        if (item is null)
        {
            writer.WriteBytes("NULL"u8);
            return;
        }

        scratch.Clear();
        element.WriteText(scratch, item);
        ArrayText.WriteElement(writer, scratch.WrittenSpan);
    }
}
