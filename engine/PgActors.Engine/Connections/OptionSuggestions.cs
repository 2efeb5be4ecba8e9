namespace PgActors.Connections;

/// <summary>Finds the word that was probably meant.</summary>
internal static class OptionSuggestions
{
    /// <summary>The option that an unknown <paramref name="keyword"/> probably means, or null.</summary>
    public static string? ForKeyword(string keyword)
        => Synonym(Plain(keyword)) ?? ForWord(keyword, ConnectionOptionTable.SuggestedKeywords);

    /// <summary>The nearest of <paramref name="words"/> to <paramref name="word"/>, or null where none is near.</summary>
    public static string? ForWord(string word, IEnumerable<string> words)
    {
        var plain = Plain(word);
        if (plain.Length is 0 or > 64)
            return null;

        string? best = null;
        // One mistake in three letters: more makes every short word a suggestion for every other.
        var bestDistance = Math.Max(1, plain.Length / 3) + 1;
        foreach (var candidate in words)
        {
            var distance = Distance(plain, Plain(candidate));
            if (distance < bestDistance)
                (best, bestDistance) = (candidate, distance);
        }

        return best;
    }

    /// <summary>", did you mean …" in brackets, or nothing.</summary>
    public static string Ask(string? suggestion) => suggestion is null ? "" : $" (did you mean '{suggestion}'?)";

    /// <summary>What other drivers and their users call libpq's options.</summary>
    private static string? Synonym(string plain) => plain switch
    {
        "username" or "userid" or "uid" or "role" or "login" => "user",
        "database" or "databasename" or "dbase" or "db" => "dbname",
        "pass" or "passwd" or "pwd" => "password",
        "server" or "servername" or "hostname" => "host",
        "addr" or "address" or "ip" => "hostaddr",
        "timeout" => "connect_timeout",
        "ssl" or "tls" or "tlsmode" => "sslmode",
        "rootcertificate" or "cafile" => "sslrootcert",
        "encoding" or "charset" => "client_encoding",
        "keepalive" => "keepalives",
        "poolsize" or "maxpoolsize" or "maximumpoolsize" => "max_leased_sessions",
        "targetservertype" => "target_session_attrs",
        _ => null,
    };

    private static string Plain(string word)
        => string.Concat(word.Where(c => c is not ('_' or '-' or ' '))).ToLowerInvariant();

    /// <summary>Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var twoAgo = new int[b.Length + 1];
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            previous[j] = j;

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(change, Math.Min(previous[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    current[j] = Math.Min(current[j], twoAgo[j - 2] + 1);
            }

            (twoAgo, previous, current) = (previous, current, twoAgo);
        }

        return previous[b.Length];
    }
}
