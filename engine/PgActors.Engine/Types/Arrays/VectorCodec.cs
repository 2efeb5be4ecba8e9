using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>int2vector and oidvector: in binary arrays of one dimension whose first index is 0, without NULLs; in text numbers with blanks
/// between them (PostgreSQL source, int2vectorsend and oidvectorin).</summary>
internal sealed class VectorCodec<TItem>(PgCodec<TItem> element, uint elementOid) : PgCodec<TItem[]>
    where TItem : struct
{
    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out TItem[] value)
    {
        value = [];
        var reader = new WireReader(source);
        if (!ArrayShape.TryRead(ref reader, elementOid, out var shape) || shape.Rank > 1)
            return DecodeStatus.Malformed;
        var result = new TItem[shape.Count];
        foreach (ref var item in result.AsSpan())
        {
            if (!reader.TryReadValue(out var bytes, out var isNull) || isNull || element.ReadBinary(bytes, out item) != DecodeStatus.Ok)
                return DecodeStatus.Malformed;
        }

        if (!reader.AtEnd)
            return DecodeStatus.Malformed;
        value = result;
        return DecodeStatus.Ok;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out TItem[] value)
    {
        value = [];
        if (source.IsEmpty)
            return DecodeStatus.Ok;
        var result = new TItem[source.Count((byte)' ') + 1];
        var i = 0;
        foreach (var part in source.Split((byte)' '))
        {
            if (element.ReadText(source[part], out result[i++]) != DecodeStatus.Ok)
                return DecodeStatus.Malformed;
        }

        value = result;
        return DecodeStatus.Ok;
    }

    public override void WriteBinary(WireWriter writer, TItem[] value)
    {
        // The server sends an empty one, with its one dimension, and refuses to take it back (22P03).
        if (value.Length == 0)
        {
            throw new ArgumentException(
                "PostgreSQL takes no empty vector in binary; write ''::oidvector or ''::int2vector in SQL.", nameof(value));
        }

        writer.WriteInt32(1);
        writer.WriteInt32(0);
        writer.WriteUInt32(elementOid);
        writer.WriteInt32(value.Length);
        writer.WriteInt32(0);
        foreach (var item in value)
        {
            var mark = writer.BeginValue();
            element.WriteBinary(writer, item);
            writer.EndValue(mark);
        }
    }

    public override void WriteText(WireWriter writer, TItem[] value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (i > 0)
                writer.WriteByte((byte)' ');
            element.WriteText(writer, value[i]);
        }
    }
}
