namespace PgActors.Sessions;

/// <content>
/// Order within a series. A command of one that has to run again, since its prepared statement was stale or a cancel of somebody else's struck
/// it, may have others of the series behind it on the wire. It is held until it is known what became of those: what has to run again itself
/// follows it once more, and what only reads may pass another that only reads. But what took effect before it, or was meant to see its effect,
/// it must not come behind: then it ends with the error that it had, and nothing of it has happened. Only a stray cancel is nobody's error to be
/// told, so that what it struck runs again wherever that is.
/// </content>
public sealed partial class SessionCore
{
    // In their order; empty in nearly every turn.
    private readonly List<HeldCommand> _held = [];

    // The rest of the series comes behind what is held of it.
    private bool IsRestHeld => _held.Count > 0 && IsSameSeries(_rest, _held[0].Request);

    private static bool IsSameSeries(SessionRequest? one, SessionRequest other) =>
        one?.SeriesFirst is { } first && first == other.SeriesFirst;

    // Of a group its first command decides, and a series that has any has one.
    private bool MustHold(SessionRequest request) =>
        request.Syncs
        && (IsSameSeries(_requests.First, request) || IsSameSeries(_rest, request)
            || (_held.Count > 0 && IsSameSeries(request, _held[0].Request)));

    private void Hold(SessionRequest request, in FinishedCommand finished) => _held.Add(new HeldCommand(request, finished));

    // Asked for each command that has ended, once it has been seen to.
    private void SettleHeld(SessionRequest ended, in FinishedCommand finished)
    {
        var first = _held[0].Request;
        if (finished.End is CommandEnd.Succeeded or CommandEnd.StoppedEarly or CommandEnd.Lost && IsSameSeries(ended, first))
        {
            foreach (var held in _held)
                held.IsPassed |= held.Request.Statement.MayWrite || ended.Statement.MayWrite;
        }

        if (IsSameSeries(_requests.First, first))
            return;
        var before = IsSameSeries(_rest, first);
        SessionRequest? last = null;
        foreach (var held in _held)
        {
            var request = held.Request;
            if ((held.IsPassed && held.Finished.End != CommandEnd.HitByCancel) || request.CancelWanted)
            {
                End(request, held.Finished, null);
                continue;
            }

            MakeWaiting(request);
            if (!before)
            {
                _host.TakeBack(request);
                continue;
            }

            // In front of what is still to be written.
            if (last is null)
                (request.Following, _rest) = (_rest, request);
            else
                (request.Following, last.Following) = (last.Following, request);
            last = request;
        }

        _held.Clear();
    }

    private bool IsHeld(SessionRequest request) => _held.Exists(held => held.Request == request);

    private sealed class HeldCommand(SessionRequest request, in FinishedCommand finished)
    {
        public SessionRequest Request => request;

        public FinishedCommand Finished { get; } = finished;

        /// <summary>Whether what came behind it has run, so that it cannot take its place any more.</summary>
        public bool IsPassed { get; set; }
    }
}
