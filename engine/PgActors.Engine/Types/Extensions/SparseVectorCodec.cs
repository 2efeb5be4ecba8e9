using System.Buffers.Text;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>sparsevec: in binary the dimensions, the number of elements, a zero, the indexes counted from 0 and the elements as float4
/// (pgvector source, sparsevec_send); in text <c>{1:0.5,3:2}/5</c>.</summary>
internal sealed class SparseVectorCodec : PgCodec<PgSparseVector>
{
    internal static SparseVectorCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out PgSparseVector value)
    {
        value = default;
        var reader = new WireReader(source);
        if (!reader.TryReadInt32(out var dimensions) || !reader.TryReadInt32(out var count) || !reader.TryReadInt32(out _)
            || count < 0 || reader.Remaining != (long)count * (sizeof(int) + sizeof(float)))
            return DecodeStatus.Malformed;
        var indexes = new int[count];
        var values = new float[count];
        foreach (ref var index in indexes.AsSpan())
            reader.TryReadInt32(out index);
        foreach (ref var element in values.AsSpan())
        {
            reader.TryReadInt32(out var bits);
            element = BitConverter.Int32BitsToSingle(bits);
        }

        return Make(dimensions, indexes, values, out value);
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out PgSparseVector value)
    {
        value = default;
        var end = source.IndexOf("}/"u8);
        if (end < 1 || source[0] != '{' || Int4Codec.Instance.ReadText(source[(end + 2)..], out var dimensions) != DecodeStatus.Ok)
            return DecodeStatus.Malformed;
        var inner = source[1..end];
        var indexes = new List<int>();
        var values = new List<float>();
        foreach (var part in inner.Split((byte)','))
        {
            var element = inner[part];
            if (inner.IsEmpty)
                break;
            if (!Utf8Parser.TryParse(element, out int index, out var used) || used >= element.Length || element[used] != ':'
                || Float4Codec.Instance.ReadText(element[(used + 1)..], out var number) != DecodeStatus.Ok)
                return DecodeStatus.Malformed;
            indexes.Add(index - 1);
            values.Add(number);
        }

        return Make(dimensions, [.. indexes], [.. values], out value);
    }

    public override void WriteBinary(WireWriter writer, PgSparseVector value)
    {
        writer.WriteInt32(value.Dimensions);
        writer.WriteInt32(value.Indexes.Length);
        writer.WriteInt32(0);
        foreach (var index in value.Indexes)
            writer.WriteInt32(index);
        foreach (var element in value.Values)
            writer.WriteSingle(element);
    }

    public override void WriteText(WireWriter writer, PgSparseVector value) => writer.WriteUtf8(value.ToString());

    private static DecodeStatus Make(int dimensions, int[] indexes, float[] values, out PgSparseVector value)
    {
        value = default;
        if (!PgSparseVector.Ascend(dimensions, indexes))
            return DecodeStatus.Malformed;
        value = new PgSparseVector(dimensions, indexes, values);
        return DecodeStatus.Ok;
    }
}
