using System.Buffers.Binary;
using System.Globalization;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>float4: IEEE 754, 4 bytes. Its text is the shortest that reads back as the same number (PostgreSQL 12 and later).</summary>
internal sealed class Float4Codec : PgCodec<float>
{
    private const int LongestText = 32;
    private const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    internal static Float4Codec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out float value)
        => BinaryPrimitives.TryReadSingleBigEndian(source, out value) && source.Length == sizeof(float)
            ? DecodeStatus.Ok
            : DecodeStatus.Malformed;

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out float value)
    {
        if (!float.TryParse(source, Styles, CultureInfo.InvariantCulture, out value))
            return DecodeStatus.Malformed;
        // .NET reads digits beyond the type as infinity; PostgreSQL spells infinity out.
        return float.IsInfinity(value) && source[^1] != 'y' ? DecodeStatus.OutOfRange : DecodeStatus.Ok;
    }

    public override void WriteBinary(WireWriter writer, float value) => writer.WriteSingle(value);

    public override void WriteText(WireWriter writer, float value)
    {
        value.TryFormat(writer.GetSpan(LongestText), out var written, "R", CultureInfo.InvariantCulture);
        writer.Advance(written);
    }
}
