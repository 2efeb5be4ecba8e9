using System.Diagnostics.CodeAnalysis;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>
/// A PostgreSQL array of at most one dimension (PostgreSQL source, array_send and array_recv; documentation, "Arrays"). Memory is taken
/// for no more elements than the bytes that are there can hold. Lower bounds are not kept: the first element is the first.
/// </summary>
/// <remarks>An element that is NULL is <see langword="null"/> where <typeparamref name="TItem"/> has it, else out of range.</remarks>
internal abstract class OneDimensionalCodec<TCollection, TItem>(PgCodec<TItem> element, uint elementOid) : PgCodec<TCollection>
{
    private const int MaxDimensions = 6;
    private const int LengthWord = sizeof(int);

    public override string Limits => default(TItem) is null
        ? $"It has more than one dimension (only arrays of one are read), or an element is out of range: {element.Limits}"
        : $"It has more than one dimension (only arrays of one are read), holds NULL (make the element type nullable), or an element is "
            + $"out of range: {element.Limits}";

    public sealed override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, [MaybeNull] out TCollection value)
    {
        value = default;
        var reader = new WireReader(source);
        if (!reader.TryReadInt32(out var dimensions) || !reader.TryReadInt32(out var flags) || !reader.TryReadUInt32(out var oid)
            || dimensions is < 0 or > MaxDimensions || flags is not (0 or 1) || oid != elementOid)
            return DecodeStatus.Malformed;
        var count = 0;
        for (var i = 0; i < dimensions; i++)
        {
            if (!reader.TryReadInt32(out count) || !reader.TryReadInt32(out _) || count < 0)
                return DecodeStatus.Malformed;
        }

        if (dimensions > 1)
            return DecodeStatus.OutOfRange;
        if (count > reader.Remaining / LengthWord)
            return DecodeStatus.Malformed;
        var result = Create(count);
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
        var status = ArrayText.Count(source, out var count);
        if (status != DecodeStatus.Ok)
            return status;
        var result = Create(count);
        using var text = new ArrayText(source);
        foreach (ref var item in Items(result))
        {
            if (!text.TryReadNext(out var bytes, out var isNull))
                return DecodeStatus.Malformed;
            if (isNull && default(TItem) is not null)
                return DecodeStatus.OutOfRange;
            status = isNull ? DecodeStatus.Ok : element.ReadText(bytes, out item!);
            if (status != DecodeStatus.Ok)
                return status;
        }

        value = result;
        return DecodeStatus.Ok;
    }

    public sealed override void WriteBinary(WireWriter writer, TCollection value)
    {
        var items = Items(value);
        writer.WriteInt32(items.IsEmpty ? 0 : 1);
        var flags = writer.Length;
        writer.WriteInt32(0);
        writer.WriteUInt32(elementOid);
        if (items.IsEmpty)
            return;
        writer.WriteInt32(items.Length);
        writer.WriteInt32(1);
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
        using var scratch = new WireWriter();
        writer.WriteByte((byte)'{');
        var first = true;
        foreach (var item in Items(value))
        {
            if (!first)
                writer.WriteByte((byte)',');
            first = false;
            if (item is null)
            {
                writer.WriteBytes("NULL"u8);
                continue;
            }

            scratch.Clear();
            element.WriteText(scratch, item);
            ArrayText.WriteElement(writer, scratch.WrittenSpan);
        }

        writer.WriteByte((byte)'}');
    }

    public sealed override bool Suits(TCollection value)
    {
        foreach (var item in Items(value))
        {
            if (item is not null && !element.Suits(item))
                return false;
        }

        return true;
    }

    /// <summary>Makes a collection of <paramref name="count"/> default elements.</summary>
    private protected abstract TCollection Create(int count);

    /// <summary>The elements in place.</summary>
    private protected abstract Span<TItem> Items(TCollection collection);
}
