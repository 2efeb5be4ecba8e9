using PgActors.Sessions;

namespace PgActors;

/// <summary>A connection could not be made, or ended before a command was answered. <see cref="Kind"/> tells a loss from a refusal and from a
/// peer that broke the protocol (<see cref="SessionFailureKind.ProtocolViolation"/>).</summary>
public sealed class PgConnectionException : PgException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="failure">Why the session ended or never began.</param>
    /// <param name="outcome">How far the command got.</param>
    /// <param name="server">Host and port.</param>
    /// <param name="inner">What caused it, if that says more.</param>
    public PgConnectionException(SessionFailure failure, Outcome outcome, string? server, Exception? inner = null)
        : base(Compose(failure, outcome, server), outcome, server, inner)
    {
        Failure = failure;
    }

    /// <summary>The sort of failure.</summary>
    public SessionFailureKind Kind => Failure.Kind;

    /// <summary>What the server said, if it said something.</summary>
    public override PgError? Error => Failure.Error;

    internal SessionFailure Failure { get; }

    private static string Compose(SessionFailure failure, Outcome outcome, string? server)
    {
        var fate = outcome switch
        {
            Outcome.NotSent => "No command was sent.",
            Outcome.RolledBack => "The command was undone.",
            Outcome.Unknown => "The command was sent; whether it took effect is unknown.",
        };
        return server is null ? $"{ErrorPage.Of(failure)}\n  {fate}" : $"{ErrorPage.Of(failure)}\n  Server: {server}. {fate}";
    }
}
