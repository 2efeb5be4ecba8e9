using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>cube: in binary a word whose highest bit says that it is a point and whose low bits count the coordinates, then the coordinates
/// (PostgreSQL source, cube_send); in text <c>(1, 2),(3, 4)</c>.</summary>
internal sealed class CubeCodec : PgCodec<PgCube>
{
    private const uint PointFlag = 0x80000000;

    internal static CubeCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out PgCube value)
    {
        value = null!;
        var reader = new WireReader(source);
        if (!reader.TryReadUInt32(out var header))
            return DecodeStatus.Malformed;
        var isPoint = (header & PointFlag) != 0;
        var dimensions = header & ~PointFlag;
        if ((ulong)reader.Remaining != (ulong)dimensions * (isPoint ? 1u : 2u) * sizeof(double))
            return DecodeStatus.Malformed;
        var first = Read(ref reader, (int)dimensions);
        value = isPoint ? new PgCube(first) : new PgCube(first, Read(ref reader, (int)dimensions));
        return DecodeStatus.Ok;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out PgCube value)
    {
        value = null!;
        var rest = source;
        if (!TryReadCorner(ref rest, out var first))
            return DecodeStatus.Malformed;
        if (rest.IsEmpty)
        {
            value = new PgCube(first);
            return DecodeStatus.Ok;
        }

        if (rest[0] != ',')
            return DecodeStatus.Malformed;
        rest = rest[1..];
        if (!TryReadCorner(ref rest, out var second) || !rest.IsEmpty || first.Length != second.Length)
            return DecodeStatus.Malformed;
        value = new PgCube(first, second);
        return DecodeStatus.Ok;
    }

    public override void WriteBinary(WireWriter writer, PgCube value)
    {
        writer.WriteUInt32((uint)value.Dimensions | (value.IsPoint ? PointFlag : 0));
        foreach (var coordinate in value.First)
            writer.WriteDouble(coordinate);
        if (value.IsPoint)
            return;
        foreach (var coordinate in value.Second)
            writer.WriteDouble(coordinate);
    }

    public override void WriteText(WireWriter writer, PgCube value) => writer.WriteUtf8(value.ToString());

    private static double[] Read(ref WireReader reader, int count)
    {
        var corner = new double[count];
        foreach (ref var coordinate in corner.AsSpan())
        {
            reader.TryReadUInt64(out var bits);
            coordinate = BitConverter.UInt64BitsToDouble(bits);
        }

        return corner;
    }

    private static bool TryReadCorner(scoped ref ReadOnlySpan<byte> rest, out double[] corner)
    {
        corner = [];
        var end = rest.IndexOf((byte)')');
        if (end < 0 || rest[0] != '(')
            return false;
        var inner = rest[1..end];
        rest = rest[(end + 1)..];
        if (inner.IsEmpty)
            return true;
        corner = new double[inner.Count((byte)',') + 1];
        var i = 0;
        foreach (var part in inner.Split((byte)','))
        {
            var text = inner[part];
            text = text is [(byte)' ', ..] ? text[1..] : text;
            if (Float8Codec.Instance.ReadText(text, out corner[i++]) != DecodeStatus.Ok)
                return false;
        }

        return true;
    }
}
