using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>point: x and y as two doubles; <c>(x,y)</c>.</summary>
internal sealed class PointCodec : PgCodec<PgPoint>
{
    internal static PointCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out PgPoint value)
    {
        var reader = new WireReader(source);
        var isRead = GeometryBinary.TryReadPoint(ref reader, out value) && reader.AtEnd;
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out PgPoint value)
    {
        var text = new GeometryText(source);
        var isRead = text.TryReadPoint(out value) && text.AtEnd;
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override void WriteBinary(WireWriter writer, PgPoint value) => GeometryBinary.WritePoint(writer, value);

    public override void WriteText(WireWriter writer, PgPoint value) => GeometryText.WritePoint(writer, value);
}
