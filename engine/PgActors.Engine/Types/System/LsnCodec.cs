using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>pg_lsn: 8 bytes, unsigned; in text the upper and the lower half, hexadecimal (PostgreSQL source, pg_lsn_out).</summary>
internal sealed class LsnCodec : PgCodec<PgLsn>
{
    private const int MostDigits = 8;
    private const int BitsPerHalf = 32;

    internal static LsnCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out PgLsn value)
    {
        var isRead = BinaryPrimitives.TryReadUInt64BigEndian(source, out var number) && source.Length == sizeof(ulong);
        value = new PgLsn(number);
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out PgLsn value)
    {
        value = default;
        var slash = source.IndexOf((byte)'/');
        if (slash < 0 || !TryReadHalf(source[..slash], out var upper) || !TryReadHalf(source[(slash + 1)..], out var lower))
            return DecodeStatus.Malformed;
        value = new PgLsn(((ulong)upper << BitsPerHalf) | lower);
        return DecodeStatus.Ok;
    }

    public override void WriteBinary(WireWriter writer, PgLsn value) => writer.WriteUInt64(value.Value);

    public override void WriteText(WireWriter writer, PgLsn value)
    {
        WriteHalf(writer, (uint)(value.Value >> BitsPerHalf));
        writer.WriteByte((byte)'/');
        WriteHalf(writer, (uint)value.Value);
    }

    private static bool TryReadHalf(ReadOnlySpan<byte> digits, out uint value)
    {
        value = 0;
        return digits.Length is > 0 and <= MostDigits && Utf8Parser.TryParse(digits, out value, out var used, 'X') && used == digits.Length;
    }

    private static void WriteHalf(WireWriter writer, uint value)
    {
        value.TryFormat(writer.GetSpan(MostDigits), out var written, "X", CultureInfo.InvariantCulture);
        writer.Advance(written);
    }
}
