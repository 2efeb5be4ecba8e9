namespace PgActors;

/// <summary>
/// The connection was lost between a COMMIT and its answer, and it could not be found out in time whether the transaction was committed. Look
/// for what it was to do before doing it again; with <see cref="TransactionId"/>, <c>pg_xact_status</c> tells, later or elsewhere.
/// </summary>
public sealed class PgCommitUnknownException : PgException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="reason">Why it could not be found out.</param>
    /// <param name="transactionId">The transaction's identity, if it is known.</param>
    /// <param name="server">Host and port.</param>
    /// <param name="inner">How the answer was lost.</param>
    public PgCommitUnknownException(string reason, ulong? transactionId, string? server, Exception? inner)
        : base($"The answer to COMMIT was lost, and whether the transaction was committed is unknown: {reason}", Outcome.Unknown, server, inner) =>
        TransactionId = transactionId;

    /// <summary>The transaction's identity, <c>pg_current_xact_id()</c>; <see langword="null"/> if it was not known, or none had been
    /// assigned, when COMMIT was sent.</summary>
    public ulong? TransactionId { get; }
}
