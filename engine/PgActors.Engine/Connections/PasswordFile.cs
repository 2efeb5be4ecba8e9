using System.Text;

namespace PgActors.Connections;

/// <summary>
/// Looks up a password file (PostgreSQL documentation, "The Password File"): lines <c>host:port:database:user:password</c>, of which the
/// first that matches wins. A field that is <c>*</c> alone matches everything; <c>\:</c> and <c>\\</c> stand for the signs themselves.
/// </summary>
internal static class PasswordFile
{
    /// <summary>The name under which the file lists the default socket.</summary>
    public const string LocalHost = "localhost";

    /// <summary>Finds the password.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="fields">The host, port, database and user to match.</param>
    /// <returns>The password, or null where no line matches.</returns>
    public static PgSecret? Find(string text, params ReadOnlySpan<string> fields)
    {
        foreach (var row in text.AsSpan().EnumerateLines())
        {
            if (row is [] or ['#', ..])
                continue;

            var rest = row;
            var matches = true;
            foreach (var field in fields)
            {
                matches = TakeMatch(ref rest, field);
                if (!matches)
                    break;
            }

            if (matches)
                return new PgSecret(Unescape(rest));
        }

        return null;
    }

    /// <summary>Takes one field and its colon off <paramref name="rest"/> if the field matches.</summary>
    private static bool TakeMatch(ref ReadOnlySpan<char> rest, string field)
    {
        if (rest is ['*', ':', ..])
        {
            rest = rest[2..];
            return true;
        }

        var at = 0;
        foreach (var c in field)
        {
            if (at < rest.Length && rest[at] == ':')
                return false;
            if (at < rest.Length && rest[at] == '\\')
                at++;
            if (at >= rest.Length || rest[at] != c)
                return false;
            at++;
        }

        if (at >= rest.Length || rest[at] != ':')
            return false;

        rest = rest[(at + 1)..];
        return true;
    }

    /// <summary>The password up to an unescaped colon or the line's end.</summary>
    private static string Unescape(ReadOnlySpan<char> raw)
    {
        var result = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length && raw[i] != ':'; i++)
        {
            if (raw[i] == '\\' && i + 1 < raw.Length)
                i++;
            result.Append(raw[i]);
        }

        return result.ToString();
    }
}
