using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace PgActors.Authentication;

/// <summary>The small vocabulary of SCRAM messages (RFC 5802 section 7): nonces, base64, numbers.</summary>
internal static class ScramText
{
    /// <summary>The longest nonce taken, both halves together. PostgreSQL's are 24 characters each.</summary>
    public const int MaxNonceLength = 1024;

    private static readonly SearchValues<byte> Base64Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);

    /// <summary>Whether <paramref name="nonce"/> is 1 … <see cref="MaxNonceLength"/> printable characters without a comma.</summary>
    public static bool IsNonce(ReadOnlySpan<byte> nonce)
        => nonce.Length is > 0 and <= MaxNonceLength
            && !nonce.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E)
            && !nonce.Contains((byte)',');

    /// <summary>Decodes standard base64 with padding and without white space.</summary>
    /// <param name="text">The encoded text.</param>
    /// <param name="maxLength">The longest result taken; checked before memory is.</param>
    /// <param name="value">The decoded bytes.</param>
    public static bool TryDecodeBase64(ReadOnlySpan<byte> text, int maxLength, out byte[] value)
    {
        value = [];
        if (text.Length > Base64.GetMaxEncodedToUtf8Length(maxLength)
            || text.ContainsAnyExcept(Base64Characters)
            || !Base64.IsValid(text, out var length)
            || length > maxLength)
            return false;

        value = new byte[length];
        return Base64.DecodeFromUtf8(text, value, out _, out _) == OperationStatus.Done;
    }

    /// <summary>Appends base64 with padding.</summary>
    public static StringBuilder AppendBase64(this StringBuilder builder, ReadOnlySpan<byte> value)
        => builder.Append(Convert.ToBase64String(value));

    /// <summary>Reads a positive decimal number as RFC 5802 writes it: digits only, none of them a leading zero, at most 2³¹-1.</summary>
    public static bool TryReadPositive(ReadOnlySpan<byte> digits, out int value)
    {
        // Ten digits are the most that 2^31-1 has; more could only overflow.
        const int MaxDigits = 10;
        value = 0;
        if (digits.Length is 0 or > MaxDigits || digits[0] == (byte)'0')
            return false;

        long number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            number = (number * 10) + (digit - '0');
        }

        if (number > int.MaxValue)
            return false;
        value = (int)number;
        return true;
    }

    /// <summary>Makes text of a peer fit for a message to people: short, printable ASCII.</summary>
    public static string Quote(ReadOnlySpan<byte> text, int maxLength = 64)
    {
        var builder = new StringBuilder();
        foreach (var letter in text[..Math.Min(text.Length, maxLength)])
            builder.Append(letter is >= 0x20 and <= 0x7E ? (char)letter : '?');
        return text.Length > maxLength ? builder.Append('…').ToString() : builder.ToString();
    }

    /// <summary>Makes text of a peer fit for a message to people: short, printable ASCII.</summary>
    public static string Quote(string text, int maxLength = 64)
        => Quote(Encoding.ASCII.GetBytes(text.Length > maxLength + 1 ? text[..(maxLength + 1)] : text), maxLength);
}
