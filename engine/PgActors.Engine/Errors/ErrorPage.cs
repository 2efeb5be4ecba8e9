using System.Globalization;
using System.Text;
using PgActors.Sessions;

namespace PgActors;

/// <summary>Prints what a server said for a person: message, statement with a caret, detail, hint, context.</summary>
internal static class ErrorPage
{
    // Long enough to find the place, short enough for a log line: what is left of it and right of it is cut.
    private const int LineWidth = 120;

    public static string Of(PgError error, string? statement)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"{error.SqlState ?? "?????"}: {Clean(error.Message)}");
        if (statement is not null && error.Position is { } position)
            AppendCaret(page, statement, position);
        else if (error.InternalQuery is { } query && error.InternalPosition is { } inside)
            AppendCaret(page, query, inside);
        Append(page, "Detail", error.Detail);
        Append(page, "Hint", error.Hint);
        Append(page, "Where", error.Where);
        return page.ToString();
    }

    public static string Of(SessionFailure failure)
    {
        var page = new StringBuilder();
        if (failure.Error?.SqlState is { } state)
            page.Append(CultureInfo.InvariantCulture, $"{state}: ");
        page.Append(Clean(failure.Message));
        if (failure.Message is [.., not ('.' or '?' or '!')])
            page.Append('.');
        Append(page, "Detail", failure.Error?.Detail);
        Append(page, "Hint", failure.Error?.Hint);
        return page.ToString();
    }

    // Position counts characters as PostgreSQL does: code points, not UTF-16 units.
    private static void AppendCaret(StringBuilder page, string text, int position)
    {
        var index = 0;
        for (var i = 1; i < position && index < text.Length; i++)
            index += char.IsSurrogatePair(text, index) ? 2 : 1;
        var lineStart = index == 0 ? 0 : text.LastIndexOf('\n', index - 1) + 1;
        var lineEnd = text.IndexOf('\n', index);
        if (lineEnd < 0)
            lineEnd = text.Length;
        var from = Math.Max(lineStart, index - LineWidth / 2);
        var to = Math.Min(lineEnd, from + LineWidth);
        var number = text.AsSpan(0, lineStart).Count('\n') + 1;
        var label = string.Create(CultureInfo.InvariantCulture, $"  line {number}: ");
        page.Append('\n').Append(label).Append(text.AsSpan(from, to - from).ToString().Replace('\t', ' ').TrimEnd('\r'));
        page.Append('\n').Append(' ', label.Length + new StringInfo(text[from..index]).LengthInTextElements).Append('^');
    }

    private static void Append(StringBuilder page, string label, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            page.Append('\n').Append("  ").Append(label).Append(": ").Append(Clean(text).Replace("\n", "\n    ", StringComparison.Ordinal));
    }

    // A server's text may hold terminal escapes; a log must not obey them.
    private static string Clean(string? text)
    {
        if (text is null)
            return "";
        var clean = new StringBuilder(text.Length);
        foreach (var c in text)
            clean.Append(char.IsControl(c) && c is not ('\n' or '\t') ? '\uFFFD' : c);
        return clean.ToString();
    }
}
