namespace PgActors;

/// <summary>
/// No exclusive session was free in time: all that the options allow are held by others. Nothing was sent. The message says what to raise, and
/// who has held sessions for longest, since mostly somebody forgot to give one back.
/// </summary>
public sealed class PgPoolExhaustedException : PgException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was at its bound, and the option that sets it.</param>
    /// <param name="waited">How long the caller had waited.</param>
    /// <param name="holders">Who holds the sessions, the longest first, in words.</param>
    /// <param name="server">Host and port.</param>
    public PgPoolExhaustedException(string message, TimeSpan waited, IReadOnlyList<string> holders, string? server)
        : base(holders.Count == 0 ? message : $"{message}\n  {string.Join("\n  ", holders)}", Outcome.NotSent, server)
    {
        Waited = waited;
        Holders = holders;
    }

    /// <summary>How long the caller had waited.</summary>
    public TimeSpan Waited { get; }

    /// <summary>Who holds the sessions, the longest first, as far as they were counted: a place in the program or a statement, and since
    /// when.</summary>
    public IReadOnlyList<string> Holders { get; }
}
