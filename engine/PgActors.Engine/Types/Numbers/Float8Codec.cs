using System.Buffers.Binary;
using System.Globalization;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>float8: IEEE 754, 8 bytes. Its text is the shortest that reads back as the same number (PostgreSQL 12 and later).</summary>
internal sealed class Float8Codec : PgCodec<double>
{
    private const int LongestText = 32;
    private const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    internal static Float8Codec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out double value)
        => BinaryPrimitives.TryReadDoubleBigEndian(source, out value) && source.Length == sizeof(double)
            ? DecodeStatus.Ok
            : DecodeStatus.Malformed;

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out double value)
    {
        if (!double.TryParse(source, Styles, CultureInfo.InvariantCulture, out value))
            return DecodeStatus.Malformed;
        // .NET reads digits beyond the type as infinity; PostgreSQL spells infinity out.
        return double.IsInfinity(value) && source[^1] != 'y' ? DecodeStatus.OutOfRange : DecodeStatus.Ok;
    }

    public override void WriteBinary(WireWriter writer, double value) => writer.WriteDouble(value);

    public override void WriteText(WireWriter writer, double value)
    {
        value.TryFormat(writer.GetSpan(LongestText), out var written, "R", CultureInfo.InvariantCulture);
        writer.Advance(written);
    }
}
