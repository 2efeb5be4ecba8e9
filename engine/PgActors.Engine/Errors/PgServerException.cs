namespace PgActors;

/// <summary>The server reported an error for a command. Its text shows the statement with a caret under the place, where the server named
/// one.</summary>
public sealed class PgServerException : PgException
{
    private readonly PgError _error;

    /// <summary>Makes the exception.</summary>
    /// <param name="error">What the server said.</param>
    /// <param name="statement">The statement's text, if there was one.</param>
    /// <param name="outcome">How far the command got.</param>
    /// <param name="server">Host and port.</param>
    public PgServerException(PgError error, string? statement, Outcome outcome, string? server)
        : base(ErrorPage.Of(error, statement), outcome, server)
    {
        _error = error;
        Statement = statement;
    }

    /// <summary>What the server said, all fields.</summary>
    public override PgError Error => _error;

    /// <summary>The statement's text, without the values of its parameters.</summary>
    public string? Statement { get; }
}
