using System.Buffers.Binary;
using System.Buffers.Text;
using PgActors.Protocol;
using PgActors.Types;

namespace PgActors.Integration.Tests.Samples;

/// <summary>All that a type of one's own takes: how it is read and written in both formats. This one is on the wire as a float8 is.</summary>
internal sealed class CelsiusCodec : PgCodec<Celsius>
{
    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out Celsius value)
    {
        var fits = BinaryPrimitives.TryReadDoubleBigEndian(source, out var degrees) && source.Length == sizeof(double);
        value = new(degrees);
        return fits ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out Celsius value)
    {
        var fits = Utf8Parser.TryParse(source, out double degrees, out var used) && used == source.Length;
        value = new(degrees);
        return fits ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override void WriteBinary(WireWriter writer, Celsius value) => writer.WriteDouble(value.Degrees);

    public override void WriteText(WireWriter writer, Celsius value)
    {
        Utf8Formatter.TryFormat(value.Degrees, writer.GetSpan(32), out var written);
        writer.Advance(written);
    }
}
