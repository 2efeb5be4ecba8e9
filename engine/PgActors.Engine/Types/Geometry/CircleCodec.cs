using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>circle: the centre and the radius, which is never negative; <c>&lt;(x,y),r&gt;</c>.</summary>
internal sealed class CircleCodec : PgCodec<PgCircle>
{
    internal static CircleCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out PgCircle value)
    {
        var reader = new WireReader(source);
        double radius = 0;
        var isRead = GeometryBinary.TryReadPoint(ref reader, out var center) && GeometryBinary.TryReadDouble(ref reader, out radius)
            && reader.AtEnd && !(radius < 0);
        value = new PgCircle(center, radius);
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out PgCircle value)
    {
        var text = new GeometryText(source);
        double radius = 0;
        var isRead = text.TryTake((byte)'<') & text.TryReadPoint(out var center) && text.TryTake((byte)',')
            && text.TryReadNumber(out radius) && text.TryTake((byte)'>') && text.AtEnd && !(radius < 0);
        value = new PgCircle(center, radius);
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override void WriteBinary(WireWriter writer, PgCircle value)
    {
        GeometryBinary.WritePoint(writer, value.Center);
        writer.WriteDouble(value.Radius);
    }

    public override void WriteText(WireWriter writer, PgCircle value)
    {
        writer.WriteByte((byte)'<');
        GeometryText.WritePoint(writer, value.Center);
        writer.WriteByte((byte)',');
        GeometryText.WriteNumber(writer, value.Radius);
        writer.WriteByte((byte)'>');
    }
}
