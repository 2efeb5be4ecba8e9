namespace PgActors.Sessions;

/// <content>Rows that nobody wants any more: the end is awaited for a little, since a cancel costs the server a connection and a process, and
/// then forced.</content>
public sealed partial class SessionCore
{
    // What one receive or two bring, and the time of a few round trips.
    private const int DrainBytes = 128 * 1024;
    private static readonly TimeSpan DrainTime = TimeSpan.FromMilliseconds(20);

    private RequestId _drained;
    private long _drainLeft;

    private void OnAbandoned(SessionRequest request)
    {
        if (request.State != SessionRequestState.InFlight)
            return;
        _drained = request.Id;
        _drainLeft = DrainBytes;
        _host.ArmTimer(SessionTimer.Drain, DrainTime);
        Apply(_machine.Pipeline.OnAbandoned(request.Id));
        StopPumping(request.Id);
    }

    private void OnDrained(RequestId id, int bytes)
    {
        if (id != _drained)
            return;
        _drainLeft -= bytes;
        if (_drainLeft < 0)
            StopDraining();
    }

    private void StopDraining()
    {
        var request = _requests.Find(_drained);
        _drained = default;
        _host.CancelTimer(SessionTimer.Drain);
        if (request is not null)
            OnCancelWanted(request);
    }
}
