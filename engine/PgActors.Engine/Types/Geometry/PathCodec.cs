using System.Collections.Immutable;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>path: a byte that says whether it is closed, how many points in 4 bytes, and the points; <c>((x1,y1),…)</c> closed,
/// <c>[(x1,y1),…]</c> open.</summary>
internal sealed class PathCodec : PgCodec<PgPath>
{
    internal static PathCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out PgPath value)
    {
        var reader = new WireReader(source);
        ImmutableArray<PgPoint> points = [];
        var isRead = reader.TryReadByte(out var isClosed) && isClosed <= 1 && PointRun.TryReadBinary(ref reader, out points);
        value = new PgPath(isClosed == 1, points);
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out PgPath value)
    {
        var text = new GeometryText(source);
        var isClosed = text.TryTake((byte)'(');
        var isOpen = !isClosed && text.TryTake((byte)'[');
        var isRead = PointRun.TryReadText(ref text, isClosed ? (byte)')' : (byte)']', out var points) && (isClosed || isOpen);
        value = new PgPath(isClosed, points);
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override void WriteBinary(WireWriter writer, PgPath value)
    {
        writer.WriteByte(value.IsClosed ? (byte)1 : (byte)0);
        PointRun.WriteBinary(writer, value.Points);
    }

    public override void WriteText(WireWriter writer, PgPath value)
        => PointRun.WriteText(writer, value.Points, value.IsClosed ? (byte)'(' : (byte)'[', value.IsClosed ? (byte)')' : (byte)']');
}
