namespace PgActors.Connections;

/// <summary><c>client_encoding</c>: UTF-8 and nothing else, since every decoder of the engine reads UTF-8.</summary>
internal sealed class EncodingOption() : ConnectionOption("client_encoding", "PGCLIENTENCODING")
{
    /// <summary>The name that is sent.</summary>
    public const string Utf8 = "UTF8";

    /// <summary>
    /// Whether <paramref name="name"/> means UTF-8. Servers compare encoding names by letters and digits alone, without case, and know
    /// <c>unicode</c> as an old name (PostgreSQL's encnames.c); <c>auto</c> is libpq's "what the program uses", which is UTF-8 here.
    /// </summary>
    public static bool IsUtf8(string? name)
        => string.Concat((name ?? "").Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant() is "UTF8" or "UNICODE" or "AUTO";

    public override ValueProblem? Read(string text, ref PgConnectionOptions options)
    {
        options = options with { ClientEncoding = text };
        return null;
    }

    public override ValueProblem? Check(PgConnectionOptions options)
        => IsUtf8(options.ClientEncoding)
            ? null
            : new ValueProblem(
                $"'client_encoding' cannot be {SecretScan.Quote(options.ClientEncoding)}: PgActors reads and writes UTF-8 only, and the "
                + "server converts from and to any database's own encoding. Set UTF8, or leave it out.");
}
