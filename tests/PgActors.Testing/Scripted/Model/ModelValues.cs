using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using PgActors.Protocol;

namespace PgActors.Testing;

/// <summary>Checks values and carries them from one format to the other: whole numbers and booleans, and every type whose two formats are
/// the same. Values of other types pass as they are if the format stays.</summary>
internal static class ModelValues
{
    /// <summary>Checks a value and brings it into another format.</summary>
    public static bool TryConvert(
        uint type,
        WireArray<byte> value,
        DataFormat from,
        DataFormat to,
        out WireArray<byte> converted,
        [NotNullWhen(false)] out PgError? error)
    {
        converted = value;
        error = null;
        if (ModelTypes.IsTextual(type))
            return true;
        if (!ModelTypes.IsInteger(type))
        {
            if (from != to)
                error = ServerErrors.Error(SqlStates.FeatureNotSupported, $"the model cannot convert {ModelTypes.NameOf(type)}");
            return from == to;
        }

        if (!TryReadNumber(type, value.Span, from, out var number, out error))
            return false;
        converted = WireArray.Adopt(WriteNumber(type, number, to));
        return true;
    }

    /// <summary>One whole number.</summary>
    public static byte[] WriteNumber(uint type, long number, DataFormat format)
    {
        if (format == DataFormat.Text && type == ModelTypes.Bool)
            return number == 0 ? [(byte)'f'] : [(byte)'t'];
        if (format == DataFormat.Text)
            return Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));
        Span<byte> wide = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(wide, number);
        return wide[^ModelTypes.Length(type)..].ToArray();
    }

    private static bool TryReadNumber(
        uint type, ReadOnlySpan<byte> value, DataFormat format, out long number, [NotNullWhen(false)] out PgError? error)
    {
        error = null;
        if (format == DataFormat.Text)
            return type == ModelTypes.Bool ? TryReadBool(value, out number, out error) : TryReadDigits(type, value, out number, out error);

        number = 0;
        var length = ModelTypes.Length(type);
        if (value.Length < length)
            error = ServerErrors.Error(SqlStates.ProtocolViolation, "insufficient data left in message");
        else if (value.Length > length)
            error = ServerErrors.Error(SqlStates.InvalidBinaryRepresentation, "incorrect binary data format in bind parameter");
        else
            number = ReadBinary(type, value);
        return error is null;
    }

    private static long ReadBinary(uint type, ReadOnlySpan<byte> value) => value.Length switch
    {
        sizeof(byte) => value[0] == 0 ? 0 : 1,
        sizeof(short) => BinaryPrimitives.ReadInt16BigEndian(value),
        sizeof(int) when type == ModelTypes.Oid => BinaryPrimitives.ReadUInt32BigEndian(value),
        sizeof(int) => BinaryPrimitives.ReadInt32BigEndian(value),
        _ => BinaryPrimitives.ReadInt64BigEndian(value),
    };

    private static bool TryReadBool(ReadOnlySpan<byte> value, out long number, [NotNullWhen(false)] out PgError? error)
    {
        var text = Encoding.UTF8.GetString(value).Trim().ToUpperInvariant();
        number = text is "T" or "TRUE" or "1" or "ON" or "YES" ? 1 : 0;
        var ok = number == 1 || text is "F" or "FALSE" or "0" or "OFF" or "NO";
        error = ok ? null : InvalidText(ModelTypes.Bool, value);
        return ok;
    }

    private static bool TryReadDigits(uint type, ReadOnlySpan<byte> value, out long number, [NotNullWhen(false)] out PgError? error)
    {
        error = null;
        if (!long.TryParse(Encoding.UTF8.GetString(value), NumberStyles.Integer, CultureInfo.InvariantCulture, out number))
            error = InvalidText(type, value);
        else if (!IsInRange(type, number))
            error = OutOfRange(type, number);
        return error is null;
    }

    private static bool IsInRange(uint type, long number) => type switch
    {
        ModelTypes.Int2 => number is >= short.MinValue and <= short.MaxValue,
        ModelTypes.Int4 => number is >= int.MinValue and <= int.MaxValue,
        ModelTypes.Oid => number is >= 0 and <= uint.MaxValue,
        _ => true,
    };

    private static PgError OutOfRange(uint type, long number) => ServerErrors.Error(
        SqlStates.NumericValueOutOfRange, $"value \"{number}\" is out of range for type {ModelTypes.NameOf(type)}");

    private static PgError InvalidText(uint type, ReadOnlySpan<byte> value) => ServerErrors.Error(
        SqlStates.InvalidTextRepresentation,
        $"invalid input syntax for type {ModelTypes.NameOf(type)}: \"{Encoding.UTF8.GetString(value)}\"");
}
