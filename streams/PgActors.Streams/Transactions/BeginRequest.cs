using PgActors.Rows;
using PgActors.Sessions;

namespace PgActors.Transactions;

/// <summary>BEGIN, in front of a transaction's first statement and under the same Sync: should it fail, the server does not run the statement,
/// which would otherwise be a transaction by itself.</summary>
internal sealed class BeginRequest : SessionRequest
{
    private readonly TransactionRoute _transaction;

    public BeginRequest(TransactionRoute transaction, SqlStatement statement)
    {
        _transaction = transaction;
        Statement = statement;
        Syncs = false;
    }

    public override void OnDescribed(RowLayout layout)
    {
    }

    public override void OnRows(RowBatch batch, ISessionHost host) => batch.Release();

    public override void OnRunAgain()
    {
    }

    public override void OnEnded(in RequestEnd end) => _transaction.OnBegun(end);

    public override void Execute()
    {
    }
}
