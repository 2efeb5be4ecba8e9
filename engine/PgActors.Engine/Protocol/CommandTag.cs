using System.Globalization;

namespace PgActors.Protocol;

/// <summary>
/// What <see cref="CommandComplete"/> says: the command's words, and for some commands a row count (COPY, DELETE, FETCH, INSERT, MERGE,
/// MOVE, SELECT, UPDATE). A count may be missing where one is usual: BASE_BACKUP's result sets end in a bare <c>SELECT</c>.
/// </summary>
/// <param name="Verb">The words without the count, such as <c>SELECT</c> or <c>CREATE TABLE</c>; shared for all tags of PostgreSQL 18, so
/// that reading one takes no memory.</param>
/// <param name="Rows">The count, or <see langword="null"/> if the tag has none. Never negative; may exceed 2^31.</param>
public readonly record struct CommandTag(string Verb, long? Rows)
{
    private const string Insert = "INSERT";

    // 2^63-1 has nineteen digits.
    private const int MaxDigits = 19;

    /// <summary>Reads a tag, without its terminator. The last word is the count if it is a number; <c>INSERT</c> has a historical OID in
    /// front of it, which is dropped.</summary>
    /// <returns><see langword="false"/> if the count does not fit 64 bits.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out CommandTag tag)
    {
        var space = text.LastIndexOf((byte)' ');
        if (space <= 0 || !IsNumber(text[(space + 1)..]))
        {
            tag = new CommandTag(CommandVerbs.Intern(text), null);
            return true;
        }

        if (!TryReadCount(text[(space + 1)..], out var rows))
        {
            tag = default;
            return false;
        }

        var words = text[..space];
        tag = new CommandTag(IsInsertWithOid(words) ? Insert : CommandVerbs.Intern(words), rows);
        return true;
    }

    /// <summary>Appends the tag as a server writes it, without a terminator.</summary>
    /// <exception cref="ArgumentException"><see cref="Verb"/> holds the character U+0000.</exception>
    public void Write(WireWriter writer)
    {
        if (Verb is not null && Verb.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("A command tag cannot hold the character U+0000.");
        writer.WriteUtf8(Verb);
        if (Rows is not { } rows)
            return;
        if (Verb == Insert)
            writer.WriteBytes(" 0"u8);
        Span<byte> digits = stackalloc byte[1 + MaxDigits + 1];
        digits[0] = (byte)' ';
        rows.TryFormat(digits[1..], out var written, provider: CultureInfo.InvariantCulture);
        writer.WriteBytes(digits[..(1 + written)]);
    }

    /// <summary>The tag as a server writes it.</summary>
    public override string ToString() => Rows is not { } rows
        ? Verb ?? ""
        : string.Create(CultureInfo.InvariantCulture, $"{Verb}{(Verb == Insert ? " 0" : "")} {rows}");

    private static bool IsInsertWithOid(ReadOnlySpan<byte> words)
        => words.StartsWith("INSERT "u8) && IsNumber(words["INSERT ".Length..]);

    private static bool IsNumber(ReadOnlySpan<byte> word) => !word.IsEmpty && !word.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static bool TryReadCount(ReadOnlySpan<byte> digits, out long value)
    {
        value = 0;
        digits = digits.TrimStart((byte)'0');
        if (digits.Length > MaxDigits)
            return false;

        // Nineteen digits fit 64 unsigned bits, so the only question left is the sign bit.
        ulong sum = 0;
        foreach (var digit in digits)
            sum = (sum * 10) + (uint)(digit - '0');
        value = (long)sum;
        return value >= 0;
    }
}
