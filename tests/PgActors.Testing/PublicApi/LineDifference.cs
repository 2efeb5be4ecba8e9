namespace PgActors.Testing;

/// <summary>The lines that two texts don't share, each under its type's line.</summary>
internal static class LineDifference
{
    /// <summary>Compares texts whose member lines are indented below the line of their type.</summary>
    /// <returns>Lines with - or + in front, in the texts' order, and with two blanks the types they belong to.</returns>
    public static IEnumerable<string> Between(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var differences = Missing(before, after, '-').Concat(Missing(after, before, '+')).GroupBy(line => line.Owner, line => line.Text);
        foreach (var group in differences.OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            if (group.Key.Length > 0)
                yield return "  " + group.Key;
            foreach (var text in group)
                yield return text;
        }
    }

    private static IEnumerable<(string Owner, string Text)> Missing(IReadOnlyList<string> lines, IReadOnlyList<string> others, char sign)
    {
        var known = Owned(others).ToHashSet();
        return Owned(lines).Where(line => !known.Contains(line)).Select(line => (line.Owner, $"{sign} {line.Text}"));
    }

    private static IEnumerable<(string Owner, string Text)> Owned(IEnumerable<string> lines)
    {
        var owner = "";
        foreach (var line in lines.Where(line => line.Length > 0))
        {
            if (line[0] == ' ')
            {
                yield return (owner, line);
            }
            else
            {
                owner = line;
                yield return ("", line);
            }
        }
    }
}
