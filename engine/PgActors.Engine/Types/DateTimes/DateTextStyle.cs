using PgActors.Sessions;

namespace PgActors.Types;

/// <summary>
/// How a session whose DateStyle is not ISO prints dates and points in time, by the settings that it reported, and how that becomes the form
/// of ISO. What those settings leave open, a zone that only an abbreviation names, is not guessed at.
/// </summary>
/// <remarks>Source: PostgreSQL, EncodeDateOnly, EncodeDateTime and EncodeTimezone in datetime.c.</remarks>
internal sealed record DateTextStyle
{
    /// <summary>Longer than any date or point in time is printed: the longest year, a fraction, an abbreviation and BC.</summary>
    internal const int Longest = 64;

    private const int DigitsOfYear = 7;

    private DateTextStyle(DateTextForm form, bool isDayFirst, string zone)
    {
        Form = form;
        IsDayFirst = isDayFirst;
        IsUtc = zone is "UTC" or "Etc/UTC" or "GMT" or "Etc/GMT" or "UCT" or "Etc/UCT" or "Zulu" or "Etc/Zulu" or "Universal" or "Etc/Universal";
        HasHonestNumbers = zone.Contains('/', StringComparison.Ordinal) || IsHonest(zone);
    }

    /// <summary>Of a session that has changed its settings somewhere between the values and the report of the change.</summary>
    internal static DateTextStyle Unsure { get; } = new(DateTextForm.Unsure, false, "");

    private DateTextForm Form { get; }

    private bool IsDayFirst { get; }

    private bool IsUtc { get; }

    /// <summary>Whether an abbreviation that is a number is the zone: of a zone's name it is, in a zone made by hand it need not be.</summary>
    private bool HasHonestNumbers { get; }

    /// <summary>The style of a session.</summary>
    /// <returns><see langword="null"/> for ISO, or if nothing was reported.</returns>
    internal static DateTextStyle? Of(SessionParameters parameters)
    {
        if (!parameters.TryGet("DateStyle", out var style) || style.StartsWith("ISO", StringComparison.Ordinal))
            return null;
        DateTextForm? form = style.Split(',')[0] switch
        {
            "SQL" => DateTextForm.Sql,
            "Postgres" => DateTextForm.Postgres,
            "German" => DateTextForm.German,
            _ => null,
        };
        return form is { } known
            ? new DateTextStyle(
                known,
                known == DateTextForm.German || style.EndsWith("DMY", StringComparison.Ordinal),
                parameters.TryGet("TimeZone", out var zone) ? zone : "")
            : null;
    }

    /// <summary>Makes the form of ISO of a text that is not in it.</summary>
    /// <param name="source">The text.</param>
    /// <param name="iso">Where to; <see cref="Longest"/> bytes.</param>
    /// <param name="length">How many bytes it is.</param>
    /// <returns><see langword="false"/> if it is something else, or its zone cannot be told.</returns>
    internal bool TryToIso(ReadOnlySpan<byte> source, Span<byte> iso, out int length)
    {
        length = 0;
        if (Form == DateTextForm.Unsure || source.Length > Longest - 8)
            return false;
        var rest = source;
        ReadOnlySpan<byte> year, month, day, time = default;
        if (Form == DateTextForm.Postgres && !rest.IsEmpty && char.IsAsciiLetterUpper((char)rest[0]))
        {
            // Thu Feb 29 12:34:56 2024, or Thu 29 Feb 12:34:56 2024.
            Take(ref rest, (byte)' ');
            var first = Take(ref rest, (byte)' ');
            var second = Take(ref rest, (byte)' ');
            month = IsDayFirst ? second : first;
            day = IsDayFirst ? first : second;
            month = NumberOf(month);
            time = Take(ref rest, (byte)' ');
            year = TakeDigits(ref rest);
        }
        else
        {
            var mark = Form switch
            {
                DateTextForm.Sql => (byte)'/',
                DateTextForm.German => (byte)'.',
                DateTextForm.Postgres or DateTextForm.Unsure => (byte)'-',
            };
            var first = Take(ref rest, mark);
            var second = Take(ref rest, mark);
            month = IsDayFirst ? second : first;
            day = IsDayFirst ? first : second;
            year = TakeDigits(ref rest);
            if (rest.Length > 1 && rest[0] == (byte)' ' && char.IsAsciiDigit((char)rest[1]))
            {
                rest = rest[1..];
                var end = rest.IndexOfAny(" +-"u8);
                time = end < 0 ? rest : rest[..end];
                rest = end < 0 ? default : rest[end..];
            }
        }

        if (month.Length != 2 || day.Length != 2 || year.Length is < 4 or > DigitsOfYear)
            return false;
        var isBeforeChrist = rest.EndsWith(" BC"u8);
        if (isBeforeChrist)
            rest = rest[..^3];
        if (!TryReadZone(rest, out var zone))
            return false;
        Append(iso, ref length, year);
        Append(iso, ref length, "-"u8);
        Append(iso, ref length, month);
        Append(iso, ref length, "-"u8);
        Append(iso, ref length, day);
        if (!time.IsEmpty)
            Append(iso, ref length, " "u8);
        Append(iso, ref length, time);
        var hasMinutes = zone.Length == 5;
        Append(iso, ref length, hasMinutes ? zone[..3] : zone);
        if (hasMinutes)
        {
            // An abbreviation such as +0545.
            Append(iso, ref length, ":"u8);
            Append(iso, ref length, zone[3..]);
        }

        if (isBeforeChrist)
            Append(iso, ref length, " BC"u8);
        return true;
    }

    // An offset that is printed as such is one; behind a blank it may be what somebody calls a zone. Only Postgres puts a blank before both.
    private bool TryReadZone(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> zone)
    {
        zone = text;
        if (text.IsEmpty || text[0] != (byte)' ')
            return true;
        zone = IsUtc ? "+00"u8 : text[1..];
        return IsUtc || (HasHonestNumbers && zone is [(byte)'+' or (byte)'-', ..]);
    }

    // SET TIME ZONE 2 makes <+02>-02: the sign of POSIX is the other way round.
    private static bool IsHonest(string zone)
    {
        var end = zone.IndexOf('>', StringComparison.Ordinal);
        return end > 2 && zone[0] == '<' && zone.Length > end + 2 && zone[1] != zone[end + 1] && zone[1] is '+' or '-'
            && zone.AsSpan(2, end - 2).SequenceEqual(zone.AsSpan(end + 2));
    }

    private static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> rest, byte mark)
    {
        var end = rest.IndexOf(mark);
        var taken = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return taken;
    }

    private static ReadOnlySpan<byte> TakeDigits(scoped ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var taken = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[end..];
        return taken;
    }

    private static ReadOnlySpan<byte> NumberOf(ReadOnlySpan<byte> month)
    {
        var place = month.Length == 3 ? "JanFebMarAprMayJunJulAugSepOctNovDec"u8.IndexOf(month) : -1;
        return place < 0 || place % 3 != 0 ? default : "010203040506070809101112"u8.Slice(place / 3 * 2, 2);
    }

    private static void Append(Span<byte> iso, ref int length, ReadOnlySpan<byte> part)
    {
        part.CopyTo(iso[length..]);
        length += part.Length;
    }
}

/// <summary>The forms that are not ISO's.</summary>
internal enum DateTextForm
{
    /// <summary><c>02/29/2024</c> or <c>29/02/2024</c>.</summary>
    Sql,

    /// <summary><c>02-29-2024</c> or <c>29-02-2024</c>, and <c>Thu Feb 29 12:34:56 2024</c>.</summary>
    Postgres,

    /// <summary><c>29.02.2024</c>.</summary>
    German,

    /// <summary>One of them, or ISO's.</summary>
    Unsure,
}
