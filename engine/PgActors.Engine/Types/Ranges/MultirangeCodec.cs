using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>A multirange: in binary a count and the ranges, each behind its length (PostgreSQL source, multirange_send); in text
/// <c>{[1,3),[5,8)}</c>.</summary>
internal abstract class MultirangeCodec<TCollection, T>(RangeCodec<T> range) : PgCodec<TCollection>
{
    public sealed override string Limits => range.Limits;

    public sealed override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, [MaybeNull] out TCollection value)
    {
        value = default;
        var reader = new WireReader(source);

        // A range is a length word and a byte at least.
        if (!reader.TryReadInt32(out var count) || count < 0 || count > reader.Remaining / (sizeof(int) + 1))
            return DecodeStatus.Malformed;
        var result = new PgRange<T>[count];
        foreach (ref var item in result.AsSpan())
        {
            if (!reader.TryReadValue(out var bytes, out var isNull) || isNull)
                return DecodeStatus.Malformed;
            var status = range.ReadBinary(bytes, out item);
            if (status != DecodeStatus.Ok)
                return status;
        }

        if (!reader.AtEnd)
            return DecodeStatus.Malformed;
        value = Wrap(result);
        return DecodeStatus.Ok;
    }

    public sealed override DecodeStatus ReadText(ReadOnlySpan<byte> source, [MaybeNull] out TCollection value)
    {
        value = default;
        var ranges = new List<PgRange<T>>();
        var text = new QuotedText(source);
        try
        {
            var status = ReadAll(ref text, ranges);
            if (status != DecodeStatus.Ok)
                return status;
        }
        finally
        {
            text.Dispose();
        }

        value = Wrap(ranges.ToArray());
        return DecodeStatus.Ok;
    }

    public sealed override void WriteBinary(WireWriter writer, TCollection value)
    {
        var ranges = Ranges(value);
        writer.WriteInt32(ranges.Length);
        foreach (var item in ranges)
        {
            var mark = writer.BeginValue();
            range.WriteBinary(writer, item);
            writer.EndValue(mark);
        }
    }

    public sealed override void WriteText(WireWriter writer, TCollection value)
    {
        writer.WriteByte((byte)'{');
        var isFirst = true;
        foreach (var item in Ranges(value))
        {
            if (!isFirst)
                writer.WriteByte((byte)',');
            isFirst = false;
            range.WriteText(writer, item);
        }

        writer.WriteByte((byte)'}');
    }

    public sealed override bool Suits(TCollection value)
    {
        foreach (var item in Ranges(value))
        {
            if (!range.Suits(item))
                return false;
        }

        return true;
    }

    /// <summary>Makes the collection; it owns the ranges.</summary>
    private protected abstract TCollection Wrap(PgRange<T>[] ranges);

    /// <summary>The ranges in place.</summary>
    private protected abstract ReadOnlySpan<PgRange<T>> Ranges(TCollection collection);

    private DecodeStatus ReadAll(ref QuotedText text, List<PgRange<T>> ranges)
    {
        if (!text.TryTake((byte)'{'))
            return DecodeStatus.Malformed;
        if (text.Rest.SequenceEqual("}"u8))
            return DecodeStatus.Ok;
        do
        {
            var status = range.ReadText(ref text, out var item);
            if (status != DecodeStatus.Ok)
                return status;
            ranges.Add(item);
        }
        while (text.TryTake((byte)','));
        return text.Rest.SequenceEqual("}"u8) ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }
}

/// <summary>A multirange as an array of ranges.</summary>
internal sealed class MultirangeArrayCodec<T>(RangeCodec<T> range) : MultirangeCodec<PgRange<T>[], T>(range)
{
    private protected override PgRange<T>[] Wrap(PgRange<T>[] ranges) => ranges;

    private protected override ReadOnlySpan<PgRange<T>> Ranges(PgRange<T>[] collection) => collection;
}

/// <summary>A multirange as a list of ranges.</summary>
internal sealed class MultirangeListCodec<T>(RangeCodec<T> range) : MultirangeCodec<List<PgRange<T>>, T>(range)
{
    private protected override List<PgRange<T>> Wrap(PgRange<T>[] ranges) => [.. ranges];

    private protected override ReadOnlySpan<PgRange<T>> Ranges(List<PgRange<T>> collection) => CollectionsMarshal.AsSpan(collection);
}
