namespace PgActors;

/// <summary>
/// A transaction did not do what was asked of it. Its <see cref="PgException.Outcome"/> is that of the transaction, or of the call that was
/// refused: <see cref="Outcome.RolledBack"/>, nothing of the transaction is left; <see cref="Outcome.NotSent"/>, the statement was not sent
/// because the transaction has failed before. The cause, usually the first error in the transaction, is the inner exception.
/// </summary>
public sealed class PgTransactionException : PgException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What became of what was asked, and why.</param>
    /// <param name="outcome">How far it got.</param>
    /// <param name="server">Host and port.</param>
    /// <param name="inner">The cause.</param>
    public PgTransactionException(string message, Outcome outcome, string? server, Exception? inner = null)
        : base(message, outcome, server, inner)
    {
    }
}
