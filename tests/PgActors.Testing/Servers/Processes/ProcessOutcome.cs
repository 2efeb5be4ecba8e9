namespace PgActors.Testing;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code; <see cref="NotStarted"/> when it could not be started.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Errors">What it wrote to standard error, or why it could not be started.</param>
internal sealed record ProcessOutcome(int ExitCode, string Output, string Errors)
{
    /// <summary>The code a shell gives for a command that is not there.</summary>
    public const int NotStarted = 127;

    // An initdb or an npm says the reason last; a screenful is enough for a message.
    private const int LongestWords = 2000;

    /// <summary>True when it ended with 0.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>Exit code and the end of what it said, for a message.</summary>
    public string Describe()
    {
        var words = (Errors.Trim() + "\n" + Output.Trim()).Trim();
        words = words.Length > LongestWords ? "…" + words[^LongestWords..] : words;
        return ExitCode == NotStarted ? words : $"exit code {ExitCode}{(words.Length == 0 ? "" : ": " + words)}";
    }
}
