using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>line: A, B and C as three doubles; <c>{A,B,C}</c>.</summary>
internal sealed class LineCodec : PgCodec<PgLine>
{
    internal static LineCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out PgLine value)
    {
        var reader = new WireReader(source);
        double b = 0;
        double c = 0;
        var isRead = GeometryBinary.TryReadDouble(ref reader, out var a) && GeometryBinary.TryReadDouble(ref reader, out b)
            && GeometryBinary.TryReadDouble(ref reader, out c) && reader.AtEnd;
        value = new PgLine(a, b, c);
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out PgLine value)
    {
        var text = new GeometryText(source);
        double b = 0;
        double c = 0;
        var isRead = text.TryTake((byte)'{') & text.TryReadNumber(out var a) && text.TryTake((byte)',') && text.TryReadNumber(out b)
            && text.TryTake((byte)',') && text.TryReadNumber(out c) && text.TryTake((byte)'}') && text.AtEnd;
        value = new PgLine(a, b, c);
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override void WriteBinary(WireWriter writer, PgLine value)
    {
        writer.WriteDouble(value.A);
        writer.WriteDouble(value.B);
        writer.WriteDouble(value.C);
    }

    public override void WriteText(WireWriter writer, PgLine value)
    {
        writer.WriteByte((byte)'{');
        GeometryText.WriteNumber(writer, value.A);
        writer.WriteByte((byte)',');
        GeometryText.WriteNumber(writer, value.B);
        writer.WriteByte((byte)',');
        GeometryText.WriteNumber(writer, value.C);
        writer.WriteByte((byte)'}');
    }
}
