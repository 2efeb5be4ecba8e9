using System.Globalization;
using PgActors.Sessions;

namespace PgActors;

/// <summary>
/// A command's deadline (<c>WithTimeout</c>, or <c>command_timeout</c> for all) passed. Before it was written it was dropped and nothing
/// was sent; after that it was cancelled on the server.
/// </summary>
public sealed class PgTimeoutException : PgException
{
    internal const string OptionName = "command_timeout";

    private readonly PgError? _error;

    /// <summary>Makes the exception.</summary>
    /// <param name="timeout">The time that the command had.</param>
    /// <param name="outcome">How far it got.</param>
    /// <param name="server">Host and port.</param>
    /// <param name="error">With what the server ended it, if it did.</param>
    /// <param name="hindrance">What kept it from being sent, or ended its session; <see langword="null"/> if nothing is known.</param>
    /// <param name="setBy">What set the time: the name of the option or of the call.</param>
    public PgTimeoutException(
        TimeSpan timeout,
        Outcome outcome,
        string? server,
        PgError? error = null,
        SessionFailure? hindrance = null,
        string setBy = OptionName)
        : base(Compose(timeout, outcome, server, hindrance, setBy), outcome, server)
    {
        Timeout = timeout;
        _error = error;
    }

    /// <summary>The time that the command had, waiting included.</summary>
    public TimeSpan Timeout { get; }

    /// <inheritdoc/>
    public override PgError? Error => _error;

    private static string Compose(TimeSpan timeout, Outcome outcome, string? server, SessionFailure? hindrance, string setBy)
    {
        var fate = outcome switch
        {
            Outcome.NotSent => hindrance is null
                ? "It was still waiting behind others and nothing was sent: the sessions are too few, or too busy."
                : "It was still waiting for a session and nothing was sent.",
            Outcome.RolledBack => "It was cancelled, and what it did was undone.",
            Outcome.Unknown => "It was cancelled; whether it took effect is unknown.",
        };
        var limit = timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        var reason = hindrance is null ? "" : $"\n  {ErrorPage.Of(hindrance)}";
        var place = server is null ? "" : $"\n  Server: {server}.";
        return $"The command did not end within {limit} s ({setBy}). {fate}{reason}{place}";
    }
}
