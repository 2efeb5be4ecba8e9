namespace PgActors.Sessions;

/// <summary>Turns the end of a request into the exception that its caller sees. Runs on the caller's side, never in a turn.</summary>
public static class RequestFailure
{
    private const string ValuesMissing =
        "The text has parameters, and no values came with it: write them into an interpolated string, $\"… {value}\".";

    /// <summary>The exception for a request that did not succeed.</summary>
    /// <param name="end">How it ended.</param>
    /// <param name="statement">What it ran.</param>
    /// <param name="token">The caller's token.</param>
    /// <param name="batchIndex">Which command of a batch it was, from 0; <see langword="null"/> if it was none.</param>
    /// <param name="cause">What a source of its parameters threw, if one did.</param>
    public static Exception Of(in RequestEnd end, SqlStatement statement, CancellationToken token, int? batchIndex = null, Exception? cause = null)
    {
        var command = end.Command;
        var outcome = command.Outcome;
        var facts = FactsOf(end, batchIndex);
        var wasStopped = end.CancelWanted && (end.Failure is not null || command.Error is null or { SqlState: SqlStates.QueryCanceled });
        if (wasStopped && end.Deadline is { } deadline)
        {
            return new PgTimeoutException(deadline, outcome, end.Server, command.Error, end.Failure, NameOfLimit(end.HasOwnDeadline))
            {
                Facts = facts,
            };
        }

        if (wasStopped)
            return new PgCanceledException(outcome, token) { Facts = facts, Server = end.Server, Error = command.Error };
        if (end.Failure is { Kind: SessionFailureKind.Closed } closed && command.Error is { SqlState: SqlStates.QueryCanceled })
            return new PgConnectionException(closed, outcome, end.Server) { Facts = facts };
        if (end.MayShareSync && command is { End: CommandEnd.Skipped, Error: { IsFatal: false } earlier })
            return BehindFailure(earlier, outcome, end.Server, facts);
        if (command.Error is { IsFatal: false } error)
            return new PgServerException(Advise(error, statement), statement.Text, outcome, end.Server) { Facts = facts };
        if (end.Failure is { Kind: SessionFailureKind.PolicyRefused } refused && outcome == Outcome.NotSent)
            return new PgUsageException(refused.Message) { Facts = facts };
        var failure = end.Failure ?? new SessionFailure(
            SessionFailureKind.ServerEnded, $"The server ended the session: {command.Error?.Message}", command.Error);
        return new PgConnectionException(failure, outcome, end.Server, cause) { Facts = facts };
    }

    /// <summary>The exception for a command that waited, and for which there was no session.</summary>
    /// <param name="failure">Why not.</param>
    /// <param name="server">Host and port.</param>
    /// <param name="elapsed">How long it had waited; <see langword="null"/> if it did not.</param>
    internal static PgConnectionException Unsent(SessionFailure failure, string? server, TimeSpan? elapsed) =>
        new(failure, Outcome.NotSent, server) { Facts = Waited(elapsed) };

    /// <summary>The exception for a command that its caller gave up while it waited.</summary>
    internal static PgCanceledException GivenUp(string? server, TimeSpan? elapsed, CancellationToken token) =>
        new(Outcome.NotSent, token) { Facts = Waited(elapsed), Server = server };

    /// <summary>The exception for a command whose time was over while it waited.</summary>
    internal static PgTimeoutException Overdue(
        TimeSpan timeout, bool isOwn, string? server, TimeSpan? elapsed, SessionFailure? hindrance) =>
        new(timeout, Outcome.NotSent, server, null, hindrance, NameOfLimit(isOwn)) { Facts = Waited(elapsed) };

    /// <summary>What is known of a command that waited.</summary>
    internal static FailureFacts Waited(TimeSpan? elapsed) => new() { Phase = CommandPhase.Waiting, Elapsed = elapsed };

    /// <summary>What is known of a command that did not succeed.</summary>
    internal static FailureFacts FactsOf(in RequestEnd end, int? batchIndex) => new()
    {
        Phase = end.Command.Phase,
        Transaction = end.Transaction,
        BatchIndex = batchIndex,
        Elapsed = end.Elapsed,
        CancelWasSent = end.Command.CancelSent,
    };

    private static PgTransactionException BehindFailure(PgError earlier, Outcome outcome, string? server, FailureFacts facts) =>
        new(
            "The statement was not run, since one that was sent before it has failed, and the transaction with it. Roll the transaction back, or "
            + $"back to a savepoint that was set before the error.\n  First error: {earlier}",
            outcome,
            server)
        {
            Facts = facts,
        };

    private static string NameOfLimit(bool isOwn) => isOwn ? "WithTimeout" : PgTimeoutException.OptionName;

    // The server counts parameters only when they are bound, and names nothing that a user wrote.
    private static PgError Advise(PgError error, SqlStatement statement) =>
        error is { SqlState: SqlStates.ProtocolViolation, Hint: null } && statement.ParameterTypes.IsEmpty
            && statement.Text.Contains("$1", StringComparison.Ordinal)
            ? error with { Hint = ValuesMissing }
            : error;
}
