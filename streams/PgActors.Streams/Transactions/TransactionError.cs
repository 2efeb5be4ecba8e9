using PgActors.Sessions;

namespace PgActors.Transactions;

/// <summary>The error that failed a transaction.</summary>
internal sealed record TransactionError(RequestEnd End, SqlStatement Statement)
{
    public string? SqlState => End.Command.Error?.SqlState;

    public Exception ToException() => RequestFailure.Of(End, Statement, CancellationToken.None);
}
