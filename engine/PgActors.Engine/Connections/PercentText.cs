using System.Text;
using System.Text.Unicode;

namespace PgActors.Connections;

/// <summary>Percent-encoding as libpq reads it (conninfo_uri_decode): <c>+</c> is no space, spaces round a part are dropped.</summary>
internal static class PercentText
{
    /// <summary>Decodes text[start..end].</summary>
    /// <param name="text">The whole URI.</param>
    /// <param name="start">Where the part starts.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="decoded">The decoded part.</param>
    /// <returns>The problem, or null.</returns>
    public static OptionProblem? Decode(string text, int start, int end, out string decoded)
    {
        decoded = "";
        (start, end) = Trim(text, start, end);
        var raw = text.AsSpan(start, end - start);
        if (raw.IndexOf(' ') is >= 0 and var space)
            return new OptionProblem("A space inside a part of a URI has no meaning. Write it as %20.", Position: start + space);

        if (!raw.Contains('%'))
        {
            decoded = raw.ToString();
            return null;
        }

        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(raw.Length)];
        var length = 0;
        while (!raw.IsEmpty)
        {
            var place = end - raw.Length;
            var plain = raw.IndexOf('%') is >= 0 and var percent ? percent : raw.Length;
            length += Encoding.UTF8.GetBytes(raw[..plain], bytes.AsSpan(length));
            raw = raw[plain..];
            if (raw.IsEmpty)
                break;

            place += plain;
            if (raw.Length < 3 || !char.IsAsciiHexDigit(raw[1]) || !char.IsAsciiHexDigit(raw[2]))
            {
                return new OptionProblem(
                    "'%' must be followed by two hexadecimal digits. Write a percent sign itself as %25.", Position: place);
            }

            var value = (byte)((Digit(raw[1]) << 4) | Digit(raw[2]));
            if (value == 0)
            {
                return new OptionProblem(
                    "%00 stands for NUL, which ends a value in PostgreSQL's protocol: what follows it would be read as something else. "
                    + "Remove it.",
                    Position: place);
            }

            bytes[length++] = value;
            raw = raw[3..];
        }

        if (!Utf8.IsValid(bytes.AsSpan(0, length)))
            return new OptionProblem("The percent-encoded bytes of this part are not UTF-8. Encode its UTF-8 form.", Position: start);

        decoded = Encoding.UTF8.GetString(bytes, 0, length);
        return null;
    }

    /// <summary>The bounds of text[start..end] without the spaces round it.</summary>
    public static (int Start, int End) Trim(string text, int start, int end)
    {
        while (start < end && text[start] == ' ')
            start++;
        while (end > start && text[end - 1] == ' ')
            end--;
        return (start, end);
    }

    private static int Digit(char digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
