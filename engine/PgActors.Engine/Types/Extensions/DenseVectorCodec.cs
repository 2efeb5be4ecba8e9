using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>vector and halfvec: in binary the number of elements and a zero, 16 bits each, then the elements as float4, or as IEEE half
/// precision (pgvector source, vector_send and halfvec_send); in text <c>[1,2,3]</c>.</summary>
internal abstract class DenseVectorCodec<T> : PgCodec<T[]>
    where T : struct, IFloatingPointIeee754<T>
{
    private const int LongestText = 32;

    private protected abstract int Size { get; }

    public sealed override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out T[] value)
    {
        value = [];
        var reader = new WireReader(source);
        if (!reader.TryReadUInt16(out var count) || !reader.TryReadUInt16(out _) || reader.Remaining != count * Size)
            return DecodeStatus.Malformed;
        value = new T[count];
        for (var i = 0; i < count; i++)
            value[i] = Read(reader.Rest[(i * Size)..]);
        return DecodeStatus.Ok;
    }

    public sealed override DecodeStatus ReadText(ReadOnlySpan<byte> source, out T[] value)
    {
        value = [];
        if (source is not [(byte)'[', .., (byte)']'])
            return DecodeStatus.Malformed;
        var inner = source[1..^1];
        var elements = new T[inner.IsEmpty ? 0 : inner.Count((byte)',') + 1];
        var i = 0;
        foreach (var part in inner.Split((byte)','))
        {
            if (inner.IsEmpty)
                break;
            if (!T.TryParse(inner[part], NumberStyles.Float, CultureInfo.InvariantCulture, out elements[i++]!))
                return DecodeStatus.Malformed;
        }

        value = elements;
        return DecodeStatus.Ok;
    }

    public sealed override void WriteBinary(WireWriter writer, T[] value) => Write(writer, value);

    public sealed override void WriteText(WireWriter writer, T[] value) => WriteSpan(writer, value);

    internal void Write(WireWriter writer, ReadOnlySpan<T> value)
    {
        if (value.Length > ushort.MaxValue)
            throw new ArgumentException("A vector has at most 16,000 elements.", nameof(value));
        writer.WriteUInt16((ushort)value.Length);
        writer.WriteUInt16(0);
        foreach (var element in value)
            Write(writer, element);
    }

    internal static void WriteSpan(WireWriter writer, ReadOnlySpan<T> value)
    {
        writer.WriteByte((byte)'[');
        for (var i = 0; i < value.Length; i++)
        {
            if (i > 0)
                writer.WriteByte((byte)',');
            value[i].TryFormat(writer.GetSpan(LongestText), out var written, "R", CultureInfo.InvariantCulture);
            writer.Advance(written);
        }

        writer.WriteByte((byte)']');
    }

    private protected abstract T Read(ReadOnlySpan<byte> source);

    private protected abstract void Write(WireWriter writer, T element);
}

/// <summary>vector.</summary>
internal sealed class VectorOfFloatCodec : DenseVectorCodec<float>
{
    internal static VectorOfFloatCodec Instance { get; } = new();

    private protected override int Size => sizeof(float);

    private protected override float Read(ReadOnlySpan<byte> source) => BinaryPrimitives.ReadSingleBigEndian(source);

    private protected override void Write(WireWriter writer, float element) => writer.WriteSingle(element);
}

/// <summary>halfvec.</summary>
internal sealed class VectorOfHalfCodec : DenseVectorCodec<Half>
{
    internal static VectorOfHalfCodec Instance { get; } = new();

    private protected override int Size => sizeof(ushort);

    private protected override Half Read(ReadOnlySpan<byte> source) => BinaryPrimitives.ReadHalfBigEndian(source);

    private protected override void Write(WireWriter writer, Half element) => writer.WriteUInt16(BitConverter.HalfToUInt16Bits(element));
}

/// <summary>vector as a part of somebody's memory. What is read is owned.</summary>
internal sealed class VectorMemoryCodec : PgCodec<ReadOnlyMemory<float>>
{
    internal static VectorMemoryCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out ReadOnlyMemory<float> value)
    {
        var status = VectorOfFloatCodec.Instance.ReadBinary(source, out var elements);
        value = elements;
        return status;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out ReadOnlyMemory<float> value)
    {
        var status = VectorOfFloatCodec.Instance.ReadText(source, out var elements);
        value = elements;
        return status;
    }

    public override void WriteBinary(WireWriter writer, ReadOnlyMemory<float> value)
        => VectorOfFloatCodec.Instance.Write(writer, value.Span);

    public override void WriteText(WireWriter writer, ReadOnlyMemory<float> value)
        => VectorOfFloatCodec.WriteSpan(writer, value.Span);
}
