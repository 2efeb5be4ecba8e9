namespace PgActors.Testing;

/// <summary>The client did something else than the script says. The text names what was expected and what came instead; it never holds a
/// password.</summary>
public sealed class ScriptFailureException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was expected, and what came instead.</param>
    /// <param name="innerException">What the transport said, if it said anything.</param>
    public ScriptFailureException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
