namespace PgActors.Sessions;

/// <summary>Stands in the pipeline for a command whose caller has been answered already. What still comes of it is nobody's.</summary>
internal sealed class DetachedRequest : OwnRequest
{
    public DetachedRequest(SessionRequest left)
    {
        Statement = left.Statement;
        Protocol = left.Protocol;
        RowLimit = left.RowLimit;
        Portal = left.Portal;
        Syncs = left.Syncs;
        SharesSync = left.SharesSync;
        Prepared = left.Prepared;
        Closing = left.Closing;
        Id = left.Id;
        State = SessionRequestState.InFlight;
        CancelWanted = true;
    }
}
