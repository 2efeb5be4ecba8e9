namespace PgActors.Connections;

/// <summary>An option whose value is any text.</summary>
internal sealed class TextOption(
    string keyword, string? environment, Func<PgConnectionOptions, string?> get, Func<PgConnectionOptions, string, PgConnectionOptions> set)
    : ConnectionOption(keyword, environment)
{
    public override ValueProblem? Read(string text, ref PgConnectionOptions options)
    {
        options = set(options, text);
        return null;
    }

    public override string? Write(PgConnectionOptions options) => !IsSecret && get(options) is { Length: > 0 } value ? value : null;

    public override ValueProblem? Check(PgConnectionOptions options) => TextRules.Check($"'{Keyword}'", get(options));
}
