using PgActors.Rows;
using PgActors.Sessions;

namespace PgActors.Transactions;

/// <summary>A statement of ours that goes with one of the user's; nobody awaits it.</summary>
internal abstract class CompanionRequest(TransactionRoute transaction) : SessionRequest
{
    /// <summary>The transaction that it runs for.</summary>
    protected TransactionRoute Transaction => transaction;

    /// <summary>Before it is posted: what stands right behind it.</summary>
    public void Lead(SessionRequest next) => Following = next;

    public sealed override void OnDescribed(RowLayout layout)
    {
    }

    public override void OnRows(RowBatch batch, ISessionHost host) => batch.Release();

    public sealed override void OnRunAgain()
    {
    }

    public override void Execute()
    {
    }
}
