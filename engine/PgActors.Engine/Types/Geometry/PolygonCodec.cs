using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>polygon: how many corners in 4 bytes, and the corners; <c>((x1,y1),…)</c>.</summary>
internal sealed class PolygonCodec : PgCodec<PgPolygon>
{
    internal static PolygonCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out PgPolygon value)
    {
        var reader = new WireReader(source);
        var isRead = PointRun.TryReadBinary(ref reader, out var points);
        value = new PgPolygon(points);
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out PgPolygon value)
    {
        var text = new GeometryText(source);
        var isRead = text.TryTake((byte)'(') & PointRun.TryReadText(ref text, (byte)')', out var points);
        value = new PgPolygon(points);
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override void WriteBinary(WireWriter writer, PgPolygon value) => PointRun.WriteBinary(writer, value.Points);

    public override void WriteText(WireWriter writer, PgPolygon value)
        => PointRun.WriteText(writer, value.Points, (byte)'(', (byte)')');
}
