using PgActors.Connections;

namespace PgActors;

/// <summary>
/// Connection options were refused: an unknown keyword, a value out of range, a malformed text, a contradiction. Nothing was connected.
/// The message says what is wrong and what to do; where a text is to blame, it shows that text with its secrets masked and a caret under
/// the place.
/// </summary>
public sealed class PgOptionsException : ArgumentException
{
    internal PgOptionsException(OptionProblem problem, string? text = null)
        : this(problem, text is null ? null : MaskedText.Of(text))
    {
    }

    private PgOptionsException(OptionProblem problem, MaskedText? text)
        : base(Compose(problem, text))
    {
        Keyword = problem.Keyword;
        Position = problem.Position is { } position && text is not null ? text.Expose(position) : problem.Position;
    }

    /// <summary>The libpq keyword of the option concerned, or null where no single one is.</summary>
    public string? Keyword { get; }

    /// <summary>
    /// Where in the text the problem lies, in UTF-16 units from 0; null if the text is not the cause (the environment, a file, options
    /// built in code). Inside a secret it is the place where the secret starts.
    /// </summary>
    public int? Position { get; }

    private static string Compose(OptionProblem problem, MaskedText? text)
        => problem.Position is { } position && text is not null
            ? $"{problem.Message}\n  {text.Text}\n  {new string(' ', text.Map(position))}^"
            : problem.Message;
}
