using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>lseg: two points; <c>[(x1,y1),(x2,y2)]</c>.</summary>
internal sealed class LineSegmentCodec : PgCodec<PgLineSegment>
{
    internal static LineSegmentCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out PgLineSegment value)
    {
        var reader = new WireReader(source);
        PgPoint second = default;
        var isRead = GeometryBinary.TryReadPoint(ref reader, out var first) && GeometryBinary.TryReadPoint(ref reader, out second)
            && reader.AtEnd;
        value = new PgLineSegment(first, second);
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out PgLineSegment value)
    {
        var text = new GeometryText(source);
        PgPoint second = default;
        var isRead = text.TryTake((byte)'[') & text.TryReadPoint(out var first) && text.TryTake((byte)',') && text.TryReadPoint(out second)
             && text.TryTake((byte)']') && text.AtEnd;
        value = new PgLineSegment(first, second);
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override void WriteBinary(WireWriter writer, PgLineSegment value)
    {
        GeometryBinary.WritePoint(writer, value.Start);
        GeometryBinary.WritePoint(writer, value.End);
    }

    public override void WriteText(WireWriter writer, PgLineSegment value)
    {
        writer.WriteByte((byte)'[');
        GeometryText.WritePoint(writer, value.Start);
        writer.WriteByte((byte)',');
        GeometryText.WritePoint(writer, value.End);
        writer.WriteByte((byte)']');
    }
}
