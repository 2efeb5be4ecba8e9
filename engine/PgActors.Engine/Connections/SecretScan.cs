using System.Buffers;

namespace PgActors.Connections;

/// <summary>
/// Finds what must not be shown in a connection text, well-formed or not. Shown are keywords, and values of options that are known and no
/// secret; an unknown word after a secret is taken for the rest of that secret.
/// </summary>
internal static class SecretScan
{
    private static readonly SearchValues<char> WordSigns
        = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    /// <summary>The parts to hide, in order, not overlapping, none empty.</summary>
    public static List<(int Start, int End)> Find(string text)
    {
        var hidden = new List<(int Start, int End)>();
        if (ForeignForms.AfterScheme(text) is > 0 and var start)
            FindInUri(text, start, hidden);
        else
            FindInPairs(text, hidden);
        return hidden;
    }

    /// <summary>Whether a value of an option that is no secret may stand in a message. A malformed text can put anything there.</summary>
    public static bool MayShow(ReadOnlySpan<char> value)
    {
        foreach (var sign in (ReadOnlySpan<string>)["pass", "pwd", "secret", "token", "://"])
        {
            if (value.Contains(sign, StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return value.Length <= 200 && !(value.LastIndexOf('@') is > 0 and var at && value[..at].Contains(':'));
    }

    /// <summary>The value in quotes for a message, or stars where <see cref="MayShow"/> says no.</summary>
    public static string Quote(string value) => MayShow(value) ? $"'{value}'" : "'***'";

    /// <summary>Whether an unknown keyword is so close to one that is no secret that its value may be shown.</summary>
    public static bool IsHarmlessTypo(string keyword)
        => IsWord(keyword)
            && MayShow(keyword)
            && OptionSuggestions.ForKeyword(keyword) is { } suggestion
            && ConnectionOptionTable.Find(suggestion) is { IsSecret: false };

    /// <summary>Whether an unknown keyword may be named: it must look like one, and not like a text in which one is lost.</summary>
    private static bool IsWord(ReadOnlySpan<char> keyword) => keyword.Length <= 64 && !keyword.ContainsAnyExcept(WordSigns);

    private static void FindInUri(string text, int start, List<(int Start, int End)> hidden)
    {
        // A raw '/', '?' or '@' in a password moves the end of the credentials: hide up to the last '@' that is not part of a sound query.
        var question = IndexOf(text, '?', start);
        var end = question >= 0 && IsSoundQuery(text, question + 1) ? question : text.Length;
        var at = text.AsSpan(start, end - start).LastIndexOf('@');
        if (at >= 0)
        {
            at += start;
            var colon = IndexOf(text, ':', start);
            if (colon >= 0 && colon < at)
                Hide(hidden, colon + 1, at);
            start = at + 1;
        }

        var authorityEnd = text.AsSpan(start).IndexOfAny('/', '?') is >= 0 and var length ? start + length : text.Length;
        HidePorts(text, start, authorityEnd, hidden);
        question = IndexOf(text, '?', start);
        if (question >= 0)
            HideQuery(text, question + 1, hidden);
    }

    /// <summary>Without an '@', what follows the user's ':' is read as a port: only digits are one.</summary>
    private static void HidePorts(string text, int start, int end, List<(int Start, int End)> hidden)
    {
        while (start < end)
        {
            var itemEnd = IndexOf(text, ',', start) is >= 0 and var comma && comma < end ? comma : end;
            var item = text.AsSpan(start, itemEnd - start);
            var skip = item is ['[', ..] ? Math.Max(item.IndexOf(']'), 0) : 0;
            var colon = item[skip..].IndexOf(':');
            if (colon >= 0 && item[(skip + colon + 1)..].ContainsAnyExceptInRange('0', '9'))
                Hide(hidden, start + skip + colon + 1, itemEnd);
            start = itemEnd + 1;
        }
    }

    private static bool IsSoundQuery(string text, int start)
    {
        while (start < text.Length)
        {
            var end = IndexOf(text, '&', start) is >= 0 and var and ? and : text.Length;
            if (IndexOf(text, '=', start) is not (>= 0 and var equals) || equals > end || KeywordAt(text, start, equals) is null)
                return false;
            start = end + 1;
        }

        return true;
    }

    private static void HideQuery(string text, int start, List<(int Start, int End)> hidden)
    {
        var afterSecret = false;
        while (start < text.Length)
        {
            var end = IndexOf(text, '&', start) is >= 0 and var and ? and : text.Length;
            var equals = IndexOf(text, '=', start) is >= 0 and var found && found < end ? found : end;
            var option = KeywordAt(text, start, equals);
            var known = option is not null || (!afterSecret && IsHarmlessTypo(text[start..equals]));
            if (!known && (afterSecret || equals == end || !IsWord(text.AsSpan(start, equals - start))))
                Hide(hidden, start, end);
            else if (option is { IsSecret: true } || !known || !MayShow(text.AsSpan(equals, end - equals)))
                Hide(hidden, equals + 1, end);

            afterSecret = option is { IsSecret: true } || (option is null && afterSecret);
            start = end + 1;
        }
    }

    private static ConnectionOption? KeywordAt(string text, int start, int end)
        => PercentText.Decode(text, start, end, out var keyword) is null ? ConnectionOptionTable.Find(keyword) : null;

    private static void FindInPairs(string text, List<(int Start, int End)> hidden)
    {
        var afterSecret = false;
        var at = KeywordValueReader.SkipBlanks(text, 0);
        while (at < text.Length)
        {
            var keyStart = at;
            var keyword = ReadWord(text, ref at);
            var option = ConnectionOptionTable.Find(keyword);
            var hasValue = at < text.Length && text[at] == '=';
            if (!hasValue || (option is null && (afterSecret || !IsWord(keyword))))
            {
                at = NextKnownKeyword(text, keyStart + 1);
                Hide(hidden, keyStart, TrimEnd(text, keyStart, at));
                continue;
            }

            at = KeywordValueReader.SkipBlanks(text, at + 1);
            var valueStart = at;
            KeywordValueReader.ReadValue(text, ref at, quoted: at < text.Length && text[at] == '\'', out var value);
            var known = option is { IsSecret: false } || (option is null && IsHarmlessTypo(keyword));
            if (!known || !MayShow(value) || (option is null && value.AsSpan().ContainsAny('=', ';')))
                Hide(hidden, valueStart, TrimEnd(text, valueStart, at));

            afterSecret = option is null ? afterSecret : option.IsSecret;
            at = KeywordValueReader.SkipBlanks(text, at);
        }
    }

    private static int NextKnownKeyword(string text, int at)
    {
        for (; at < text.Length; at++)
        {
            if (!KeywordValueReader.IsBlank(text[at - 1]) || KeywordValueReader.IsBlank(text[at]))
                continue;

            var end = at;
            var word = ReadWord(text, ref end);
            if (end < text.Length && text[end] == '=' && ConnectionOptionTable.Find(word) is not null)
                break;
        }

        return at;
    }

    private static string ReadWord(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && text[at] != '=' && !KeywordValueReader.IsBlank(text[at]))
            at++;
        var word = text[start..at];
        at = KeywordValueReader.SkipBlanks(text, at);
        return word;
    }

    private static int TrimEnd(string text, int start, int end)
    {
        while (end > start && KeywordValueReader.IsBlank(text[end - 1]))
            end--;
        return end;
    }

    private static void Hide(List<(int Start, int End)> hidden, int start, int end)
    {
        if (start < end)
            hidden.Add((start, end));
    }

    private static int IndexOf(string text, char c, int start) => start < text.Length ? text.IndexOf(c, start) : -1;
}
