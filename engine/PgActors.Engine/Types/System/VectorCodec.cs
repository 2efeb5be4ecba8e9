using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>
/// int2vector and oidvector of the catalogs: in binary an array of exactly one dimension that begins at 0 and holds no NULL (PostgreSQL
/// source, int2vectorrecv and oidvectorrecv); in text numbers with blanks between them.
/// </summary>
internal sealed class VectorCodec<T>(PgCodec<T> element, uint elementOid) : PgCodec<T[]>
    where T : struct
{
    private const int LengthWord = sizeof(int);

    public override string Limits => element.Limits;

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out T[] value)
    {
        value = [];
        var reader = new WireReader(source);
        if (!reader.TryReadInt32(out var dimensions) || !reader.TryReadInt32(out var flags) || !reader.TryReadUInt32(out var oid)
            || dimensions is not (0 or 1) || flags != 0 || oid != elementOid)
            return DecodeStatus.Malformed;
        var count = 0;
        if (dimensions == 1 && (!reader.TryReadInt32(out count) || !reader.TryReadInt32(out _)))
            return DecodeStatus.Malformed;
        if (count < 0 || count > reader.Remaining / LengthWord)
            return DecodeStatus.Malformed;
        var items = new T[count];
        foreach (ref var item in items.AsSpan())
        {
            if (!reader.TryReadValue(out var bytes, out var isNull) || isNull || element.ReadBinary(bytes, out item) != DecodeStatus.Ok)
                return DecodeStatus.Malformed;
        }

        value = items;
        return reader.AtEnd ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out T[] value)
    {
        value = [];
        if (source.IsEmpty)
            return DecodeStatus.Ok;
        var items = new T[source.Count((byte)' ') + 1];
        var next = 0;
        foreach (var range in source.Split((byte)' '))
        {
            if (element.ReadText(source[range], out items[next++]) != DecodeStatus.Ok)
                return DecodeStatus.Malformed;
        }

        value = items;
        return DecodeStatus.Ok;
    }

    public override void WriteBinary(WireWriter writer, T[] value)
    {
        // The server sends an empty one and refuses to take it back.
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

    public override void WriteText(WireWriter writer, T[] value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (i > 0)
                writer.WriteByte((byte)' ');
            element.WriteText(writer, value[i]);
        }
    }
}
