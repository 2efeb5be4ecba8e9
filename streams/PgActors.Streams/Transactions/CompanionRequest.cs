using PgActors.Rows;
using PgActors.Runtime;
using PgActors.Sessions;

namespace PgActors.Transactions;

/// <summary>A statement of ours that goes with one of the user's; nobody awaits it.</summary>
internal abstract class CompanionRequest(TransactionRoute transaction) : SessionRequest
{
    // What it was posted with, and is awaited. It outlives the link, which goes once it is written.
    private SessionRequest? _led;

    /// <summary>The transaction that it runs for.</summary>
    protected TransactionRoute Transaction => transaction;

    /// <summary>Before it is posted: what stands right behind it.</summary>
    public void Lead(SessionRequest next)
    {
        Following = _led = next;
        IsAwaited = next.IsAwaited;
    }

    public sealed override bool IsCompletedBy(AfterTurnWork completion) => _led?.IsCompletedBy(completion) == true;

    public sealed override AfterTurnWork? TakeCompletion() => null;

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
