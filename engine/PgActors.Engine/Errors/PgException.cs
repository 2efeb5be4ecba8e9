namespace PgActors;

/// <summary>
/// A command or a connection failed. Every one of them says how far the command got (<see cref="Outcome"/>), so that the caller knows whether
/// it may be repeated.
/// </summary>
public abstract class PgException : Exception
{
    private protected PgException(string message, Outcome outcome, string? server, Exception? inner = null)
        : base(message, inner)
    {
        Outcome = outcome;
        Server = server;
    }

    /// <summary>How far the command got.</summary>
    public Outcome Outcome { get; }

    /// <summary>Host and port of the server concerned; <see langword="null"/> if there was none yet.</summary>
    public string? Server { get; }
}
