namespace PgActors.Connections;

/// <summary><c>require_auth</c>: which ways of authentication are allowed, or, with <c>!</c>, which are not.</summary>
internal sealed class RequireAuthOption() : ConnectionOption("require_auth", "PGREQUIREAUTH")
{
    private static readonly string[] Methods = ["password", "md5", "gss", "sspi", "scram-sha-256", "oauth", "none"];

    public override ValueProblem? Read(string text, ref PgConnectionOptions options)
    {
        options = options with { RequireAuth = text.Split(',') };
        return null;
    }

    public override string? Write(PgConnectionOptions options)
        => options.RequireAuth.Count == 0 ? null : string.Join(',', options.RequireAuth);

    public override ValueProblem? Check(PgConnectionOptions options)
    {
        var offset = 0;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in options.RequireAuth)
        {
            if (CheckItem(item, options.RequireAuth[0], seen) is { } message)
                return new ValueProblem(message, offset);

            offset += item.Length + 1;
        }

        return null;
    }

    private static string? CheckItem(string? item, string first, HashSet<string> seen)
    {
        if (string.IsNullOrEmpty(item))
            return "'require_auth' has an empty item. Write method names with one comma between two.";

        var isNegative = item.StartsWith('!');
        var method = isNegative ? item[1..] : item;
        if (!Methods.Contains(method))
        {
            var suggestion = OptionSuggestions.Ask(OptionSuggestions.ForWord(method, Methods));
            return $"{SecretScan.Quote(method)} is not a method of 'require_auth'{suggestion}. "
                + $"It can be {string.Join(", ", Methods)}, each alone or each with '!' before it.";
        }

        if (isNegative != first.StartsWith('!'))
            return "'require_auth' mixes allowed methods and forbidden ones ('!'). Write one list or the other.";

        return seen.Add(method) ? null : $"'require_auth' names '{method}' twice. Remove one.";
    }
}
