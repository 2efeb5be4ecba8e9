using System.Buffers;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>bytea: the bytes themselves; in text, hexadecimal behind <c>\x</c>, or the older escape form if bytea_output asks for it
/// (PostgreSQL documentation, "Binary Data Types").</summary>
internal sealed class ByteaCodec : PgCodec<byte[]>
{
    internal static ByteaCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out byte[] value)
    {
        value = source.ToArray();
        return DecodeStatus.Ok;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out byte[] value)
        => source.StartsWith("\\x"u8) ? ReadHex(source[2..], out value) : ReadEscaped(source, out value);

    public override void WriteBinary(WireWriter writer, byte[] value) => writer.WriteBytes(value);

    public override void WriteText(WireWriter writer, byte[] value) => WriteHex(writer, value);

    internal static void WriteHex(WireWriter writer, ReadOnlySpan<byte> value)
    {
        writer.WriteBytes("\\x"u8);
        if (value.Length > WireWriter.MaxMessageLength / 2)
            throw new WireLimitException(2L * value.Length);
        Convert.TryToHexStringLower(value, writer.GetSpan(2 * value.Length), out var written);
        writer.Advance(written);
    }

    private static DecodeStatus ReadHex(ReadOnlySpan<byte> digits, out byte[] value)
    {
        value = new byte[digits.Length / 2];
        if (digits.Length % 2 == 0 && Convert.FromHexString(digits, value, out _, out _) == OperationStatus.Done)
            return DecodeStatus.Ok;
        value = [];
        return DecodeStatus.Malformed;
    }

    private static DecodeStatus ReadEscaped(ReadOnlySpan<byte> source, out byte[] value)
    {
        var result = new byte[source.Length];
        var length = 0;
        value = [];
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] != '\\')
            {
                result[length++] = source[i];
            }
            else if (i + 1 < source.Length && source[i + 1] == '\\')
            {
                result[length++] = (byte)'\\';
                i++;
            }
            else if (OctalByte.TryRead(source[i..], out result[length]))
            {
                length++;
                i += OctalByte.Length - 1;
            }
            else
            {
                return DecodeStatus.Malformed;
            }
        }

        value = result.AsSpan(0, length).ToArray();
        return DecodeStatus.Ok;
    }
}

/// <summary>bytea as <see cref="ReadOnlyMemory{T}"/>, so that a part of a larger buffer can be sent without a copy. What is read is
/// owned, as with the array.</summary>
internal sealed class ByteaMemoryCodec : PgCodec<ReadOnlyMemory<byte>>
{
    internal static ByteaMemoryCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out ReadOnlyMemory<byte> value)
    {
        value = source.ToArray();
        return DecodeStatus.Ok;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out ReadOnlyMemory<byte> value)
    {
        var status = ByteaCodec.Instance.ReadText(source, out var bytes);
        value = bytes;
        return status;
    }

    public override void WriteBinary(WireWriter writer, ReadOnlyMemory<byte> value) => writer.WriteBytes(value.Span);

    public override void WriteText(WireWriter writer, ReadOnlyMemory<byte> value) => ByteaCodec.WriteHex(writer, value.Span);
}
