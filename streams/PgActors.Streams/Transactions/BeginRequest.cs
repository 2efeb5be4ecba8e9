using PgActors.Sessions;

namespace PgActors.Transactions;

/// <summary>BEGIN, in front of a transaction's first statement and under the same Sync: should it fail, the server does not run the statement,
/// which would otherwise be a transaction by itself.</summary>
internal sealed class BeginRequest : CompanionRequest
{
    public BeginRequest(TransactionRoute transaction, SqlStatement statement)
        : base(transaction)
    {
        Statement = statement;
        Syncs = false;
    }

    public override void OnEnded(in RequestEnd end) => Transaction.OnBegun(end);
}
