namespace PgActors.Connections;

/// <summary>
/// An option of libpq that PgActors does not have. Most guard something, so ignoring one would be worse than refusing it; only values that
/// ask for what happens anyway are accepted.
/// </summary>
internal sealed class UnsupportedOption(string keyword, string? environment, string reason, params string[] harmless)
    : ConnectionOption(keyword, environment)
{
    public override ValueProblem? Read(string text, ref PgConnectionOptions options)
        => harmless.Contains(text)
            ? null
            : new ValueProblem($"PgActors does not have libpq's option '{Keyword}': {reason} Remove it"
                + (harmless.Length == 0 ? "." : $" (or set it to {string.Join(" or ", harmless)})."));
}
