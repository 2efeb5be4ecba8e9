using PgActors.Queries;
using PgActors.Runtime;
using PgActors.Sessions;

namespace PgActors.Transactions;

/// <summary>BEGIN, in front of a transaction's first statement and under the same Sync: should it fail, the server does not run the statement,
/// which would otherwise be a transaction by itself.</summary>
internal sealed class BeginRequest : CompanionRequest
{
    private int _sessions = 1;

    public BeginRequest(TransactionRoute transaction, SqlStatement statement)
        : base(transaction)
    {
        Statement = statement;
        Syncs = false;
    }

    /// <summary>Cancels it, and with it what it carries, wherever it is by now. Nothing happens if it was not posted yet.</summary>
    public void Cancel()
    {
        if (Holder is not null)
            CancelAtHolder();
    }

    public override void OnEnded(in RequestEnd end) => Transaction.OnBegun(end);

    internal override AfterTurnWork? SeekSession(SessionActor session, SessionFailure failure) =>
        Transaction.MayMove && PooledSessions.IsWorthAnother(failure) && _sessions++ < PooledSessions.MaxAttempts
            ? new SessionSearch(Transaction, this, session, failure)
            : null;
}
