using System.Buffers;

namespace PgActors.Connections;

/// <summary>Recognises texts written for other drivers, to say so instead of complaining about their first word.</summary>
internal static class ForeignForms
{
    private const string OwnForms =
        "PgActors reads the forms of libpq: postgres://user@host:5432/database, or host=… port=… dbname=… user=… split by spaces.";

    /// <summary>Signs before "://" that make it part of a value in keyword/value text.</summary>
    private static readonly SearchValues<char> NoScheme = SearchValues.Create(" =\t\r\n'");

    private static readonly string[] AdoKeywords =
    [
        "host", "server", "datasource", "addr", "address", "port", "database", "initialcatalog", "username", "userid", "user", "uid",
        "password", "pwd", "pooling", "sslmode", "timeout", "searchpath",
    ];

    /// <summary>Where the part after <c>scheme://</c> begins if the text starts like a URI of any scheme, otherwise 0.</summary>
    public static int AfterScheme(string text)
    {
        var colon = text.IndexOf("://", StringComparison.Ordinal);
        return colon > 0 && !text.AsSpan(0, colon).ContainsAny(NoScheme) ? colon + 3 : 0;
    }

    /// <summary>The problem with <paramref name="text"/> if it is another driver's form, otherwise null.</summary>
    public static OptionProblem? Recognise(string text)
    {
        if (text.StartsWith("jdbc:", StringComparison.OrdinalIgnoreCase))
            return new OptionProblem($"This is a JDBC URL. Remove 'jdbc:'. {OwnForms}", Position: 0);

        if (AfterScheme(text) > 0 && UriReader.SchemeLength(text) == 0)
            return new OptionProblem($"The scheme of this URI is not 'postgres' or 'postgresql'. {OwnForms}", Position: 0);

        return UriReader.SchemeLength(text) == 0 && IsAdo(text)
            ? new OptionProblem(
                $"This looks like an ADO.NET connection string, with ';' between its pairs. {OwnForms}",
                Position: text.IndexOf(';', StringComparison.Ordinal))
            : null;
    }

    private static bool IsAdo(string text)
    {
        var pairs = 0;
        foreach (var range in text.AsSpan().Split(';'))
        {
            var pair = text.AsSpan()[range];
            if (pair.IndexOf('=') is not (> 0 and var equals))
                continue;

            var keyword = pair[..equals].ToString().Replace(" ", "", StringComparison.Ordinal);
            if (AdoKeywords.Contains(keyword, StringComparer.OrdinalIgnoreCase))
                pairs++;
        }

        return pairs >= 2;
    }
}
