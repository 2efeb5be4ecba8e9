using System.Text;

namespace PgActors.Connections;

/// <summary>
/// Reads one service of a service file (PostgreSQL documentation, "The Connection Service File"): an INI file with one
/// <c>[section]</c> for each service. Within a section the first value of a keyword wins, as in libpq.
/// </summary>
internal static class ServiceFile
{
    /// <summary>libpq reads lines into 1,024 bytes, with the line break and a NUL.</summary>
    private const int MaxLineBytes = 1_022;

    /// <summary>Reads the service.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="service">The section's name, compared exactly.</param>
    /// <param name="values">Takes the options of the section.</param>
    /// <param name="found">Whether there is such a section.</param>
    /// <returns>The problem, or null. It never shows a line: it may hold a password.</returns>
    public static OptionProblem? Read(string text, string path, string service, List<OptionValue> values, out bool found)
    {
        found = false;
        var number = 0;
        foreach (var row in text.AsSpan().EnumerateLines())
        {
            number++;
            var origin = $"line {number} of the service file '{path}'";
            if (Encoding.UTF8.GetByteCount(row) > MaxLineBytes)
                return new OptionProblem($"A line has more than {MaxLineBytes} bytes, libpq's limit: {origin}. Shorten it.");

            var line = row.Trim(" \t\n\v\f\r");
            if (line is [] or ['#', ..])
                continue;

            if (line[0] == '[')
            {
                if (found)
                    return null;

                found = line.Length == service.Length + 2 && line[^1] == ']' && line[1..^1].SequenceEqual(service);
            }
            else if (found && ReadPair(line, origin, values) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static OptionProblem? ReadPair(ReadOnlySpan<char> line, string origin, List<OptionValue> values)
    {
        if (line.StartsWith("ldap", StringComparison.Ordinal))
            return new OptionProblem($"PgActors does not look services up in LDAP: {origin}. Write the options themselves.");

        var equals = line.IndexOf('=');
        if (equals < 0)
            return new OptionProblem($"A line is neither [service], keyword=value nor a # comment: {origin}.");

        var keyword = line[..equals].ToString();
        if (keyword is "service" or "servicefile")
            return new OptionProblem($"A service cannot name another one: '{keyword}' in {origin}. Remove it.", keyword);

        if (ConnectionOptionTable.Find(keyword) is null)
            return UnknownKeyword(keyword, origin);

        if (!values.Exists(v => v.Keyword == keyword))
            values.Add(new OptionValue(keyword, line[(equals + 1)..].ToString()) { Origin = origin });
        return null;
    }

    private static OptionProblem UnknownKeyword(string keyword, string origin)
    {
        var hint = keyword.EndsWith(' ') ? " No space may stand before the '='." : "";
        var suggestion = OptionSuggestions.Ask(OptionSuggestions.ForKeyword(keyword));
        return new OptionProblem($"{SecretScan.Quote(keyword)} is not a connection option{suggestion}: {origin}.{hint}");
    }
}
