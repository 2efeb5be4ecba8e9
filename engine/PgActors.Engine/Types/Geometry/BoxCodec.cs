using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>box: the upper right and the lower left corner; <c>(x1,y1),(x2,y2)</c>.</summary>
internal sealed class BoxCodec : PgCodec<PgBox>
{
    internal static BoxCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out PgBox value)
    {
        var reader = new WireReader(source);
        PgPoint second = default;
        var isRead = GeometryBinary.TryReadPoint(ref reader, out var first) && GeometryBinary.TryReadPoint(ref reader, out second)
            && reader.AtEnd;
        value = new PgBox(first, second);
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out PgBox value)
    {
        var text = new GeometryText(source);
        PgPoint second = default;
        var isRead = text.TryReadPoint(out var first) && text.TryTake((byte)',') && text.TryReadPoint(out second)
            && text.AtEnd;
        value = new PgBox(first, second);
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override void WriteBinary(WireWriter writer, PgBox value)
    {
        GeometryBinary.WritePoint(writer, value.High);
        GeometryBinary.WritePoint(writer, value.Low);
    }

    public override void WriteText(WireWriter writer, PgBox value)
    {
        GeometryText.WritePoint(writer, value.High);
        writer.WriteByte((byte)',');
        GeometryText.WritePoint(writer, value.Low);
    }
}
