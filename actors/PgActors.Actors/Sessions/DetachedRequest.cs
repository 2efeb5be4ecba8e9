using PgActors.Rows;

namespace PgActors.Sessions;

/// <summary>Stands in the pipeline for a command whose caller has been answered already. What still comes of it is nobody's.</summary>
internal sealed class DetachedRequest : SessionRequest
{
    public DetachedRequest(SessionRequest left)
    {
        Statement = left.Statement;
        Protocol = left.Protocol;
        RowLimit = left.RowLimit;
        Portal = left.Portal;
        Syncs = left.Syncs;
        Prepared = left.Prepared;
        Id = left.Id;
        State = SessionRequestState.InFlight;
        CancelWanted = true;
    }

    public override void OnDescribed(RowLayout layout)
    {
    }

    public override void OnRows(RowBatch batch, ISessionHost host) => batch.Release();

    public override void OnRunAgain()
    {
    }

    public override void OnEnded(in RequestEnd end)
    {
    }

    public override void Execute()
    {
    }
}
