namespace PgActors.Connections;

/// <summary>An option whose value is one of a few words.</summary>
/// <param name="keyword">The keyword.</param>
/// <param name="environment">The environment variable, or null.</param>
/// <param name="names">The words; the first for a value is the one written.</param>
/// <param name="get">Takes the value out of the options; null is "not set".</param>
/// <param name="set">Puts it in.</param>
internal sealed class ChoiceOption<T>(
    string keyword,
    string? environment,
    (string Name, T Value)[] names,
    Func<PgConnectionOptions, T?> get,
    Func<PgConnectionOptions, T, PgConnectionOptions> set)
    : ConnectionOption(keyword, environment)
    where T : struct
{
    /// <summary>Words that libpq knows and PgActors refuses, each with the reason.</summary>
    public (string Name, string Reason)[] Refused { get; init; } = [];

    /// <summary>Whether case matters, as it does in libpq for most options.</summary>
    public bool IgnoreCase { get; init; }

    private StringComparison Comparison => IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    public override ValueProblem? Read(string text, ref PgConnectionOptions options)
    {
        foreach (var (name, value) in names)
        {
            if (string.Equals(name, text, Comparison))
            {
                options = set(options, value);
                return null;
            }
        }

        foreach (var (name, reason) in Refused)
        {
            if (string.Equals(name, text, Comparison))
                return new ValueProblem($"'{Keyword}' cannot be '{name}': {reason}");
        }

        var words = names.Select(n => n.Name).ToArray();
        return new ValueProblem(
            $"{SecretScan.Quote(text)} is not a value of '{Keyword}'{OptionSuggestions.Ask(OptionSuggestions.ForWord(text, words))}. "
            + $"It can be {string.Join(", ", words)}.");
    }

    public override string? Write(PgConnectionOptions options) => get(options) is { } value ? NameOf(value) : null;

    public override ValueProblem? Check(PgConnectionOptions options)
        => get(options) is { } value && NameOf(value) is null
            ? new ValueProblem($"{value} is not a value of '{Keyword}'. It can be {string.Join(", ", names.Select(n => n.Name))}.")
            : null;

    private string? NameOf(T value)
    {
        foreach (var (name, candidate) in names)
        {
            if (EqualityComparer<T>.Default.Equals(candidate, value))
                return name;
        }

        return null;
    }
}
