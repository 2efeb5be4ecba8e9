using System.Text;

namespace PgActors.Connections;

/// <summary>
/// Splits keyword/value text (<c>host=localhost dbname='my shop'</c>) into options, by libpq's rules (PostgreSQL documentation,
/// "Keyword/Value Connection Strings"; conninfo_parse). What the options mean is not its business.
/// </summary>
internal static class KeywordValueReader
{
    /// <summary>Reads <paramref name="text"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="values">Takes the options in the order in which later ones win.</param>
    /// <returns>The problem, or null.</returns>
    public static OptionProblem? Read(string text, List<OptionValue> values)
    {
        var at = SkipBlanks(text, 0);
        while (at < text.Length)
        {
            var keyStart = at;
            while (at < text.Length && text[at] != '=' && !IsBlank(text[at]))
                at++;
            var keyword = text[keyStart..at];
            at = SkipBlanks(text, at);
            if (at == text.Length || text[at] != '=')
            {
                // The word is not named: it may be the second half of a password.
                return new OptionProblem(
                    "Options are written keyword=value, and this word has no '='. If it belongs to the value before it, put that value "
                    + "in single quotes.",
                    Position: keyStart);
            }

            at = SkipBlanks(text, at + 1);
            var start = at;
            var quoted = at < text.Length && text[at] == '\'';
            if (!ReadValue(text, ref at, quoted, out var value))
            {
                return new OptionProblem(
                    @"This quoted value has no closing quote. Write a quote inside a value as \' and a backslash as \\.",
                    ConnectionOptionTable.Find(keyword)?.Keyword,
                    start);
            }

            start += quoted ? 1 : 0;
            values.Add(new OptionValue(keyword, value)
            {
                KeyStart = keyStart,
                Start = start,
                IsVerbatim = text.AsSpan(start).StartsWith(value, StringComparison.Ordinal),
            });
            at = SkipBlanks(text, at);
        }

        return null;
    }

    /// <summary>C's <c>isspace</c>, which libpq uses.</summary>
    public static bool IsBlank(char c) => c is ' ' or (>= '\t' and <= '\r');

    /// <summary>The first place at or after <paramref name="at"/> that is not blank.</summary>
    public static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && IsBlank(text[at]))
            at++;
        return at;
    }

    /// <summary>Reads the value that starts at <paramref name="at"/>, and moves there to its end.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">The opening quote, or the first character of a bare value.</param>
    /// <param name="quoted">Whether there is an opening quote.</param>
    /// <param name="value">The value, with its escapes resolved.</param>
    /// <returns>False if the closing quote is missing.</returns>
    public static bool ReadValue(string text, ref int at, bool quoted, out string value)
    {
        var result = new StringBuilder();
        at += quoted ? 1 : 0;
        while (at < text.Length)
        {
            var c = text[at++];
            if (quoted ? c == '\'' : IsBlank(c))
            {
                value = result.ToString();
                return true;
            }

            // A backslash at the very end stands for nothing, as in libpq.
            if (c != '\\')
                result.Append(c);
            else if (at < text.Length)
                result.Append(text[at++]);
        }

        value = result.ToString();
        return !quoted;
    }
}
