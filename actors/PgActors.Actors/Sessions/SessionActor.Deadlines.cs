using PgActors.Runtime;

namespace PgActors.Sessions;

/// <content>
/// Deadlines of commands. One timer does for all of a session: it looks at everything that waits or is in flight, ends what is overdue and is
/// set to the next that will be. Most of what is posted in the meantime has the same time and comes later than that; what comes earlier says so.
/// </content>
public sealed partial class SessionActor
{
    // Looking costs as much as there are commands. So deadlines this close to each other are looked at together, and kept that late at most.
    private static readonly TimeSpan Coarseness = TimeSpan.FromMilliseconds(10);

    private WakeTime _wakes;

    /// <summary>A request is given to this session, to be posted.</summary>
    /// <returns>When its time is over, by the runtime's clock; <see langword="null"/> for no limit.</returns>
    private long? Promise(SessionRequest request)
    {
        request.HoldBy(this);
        request.Begin(Runtime.Time.GetTimestamp(), _profile.CommandTimeout);
        return request.Deadline is { } deadline ? request.Since!.Value + TicksOf(deadline) : null;
    }

    // After the post: the request is in the mailbox, and may be anybody's by now.
    private void SeeToDeadline(long? due)
    {
        if (due is { } time && !_wakes.IsBy(time + TicksOf(Coarseness)))
            _mailbox.PostControl(new SessionSignal(SessionSignalKind.WatchDeadlines), allowInline: false);
    }

    private long TicksOf(TimeSpan time) => (long)(time.TotalSeconds * Runtime.Time.TimestampFrequency);

    private async ValueTask<PostResult> PostBeforeDeadlineAsync(SessionRequest request, long? due, CancellationToken cancellationToken)
    {
        var (timeout, isOwn) = (request.Deadline!.Value, request.Timeout is not null);
        var left = request.TimeLeftBy(Runtime.Time)!.Value;
        using var deadline = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, Runtime.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            var result = await _mailbox.PostAsync(request, either.Token, MayRunHere).ConfigureAwait(false);
            SeeToDeadline(due);
            return result;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw RequestFailure.Overdue(timeout, isOwn, _profile.Server, request.ElapsedBy(Runtime.Time), _lastFailure);
        }
    }

    private void WatchDeadlines()
    {
        _wakes.Clear();
        TimeSpan? next = null;
        foreach (var request in _takenBack)
            LookAtWaiting(request, ref next);
        foreach (var request in _mailbox.Waiting)
            LookAtWaiting(request, ref next);
        if (_core?.Rest is { } rest)
            LookAtWaiting(rest, ref next);
        foreach (var request in _core?.Requests.ToArray() ?? [])
            LookAtSent(request, ref next);
        if (next is not { } left)
            return;
        var pause = left > Coarseness ? left : Coarseness;
        _wakes.Set(Runtime.Time.GetTimestamp() + TicksOf(pause));
        _timers.Arm(SessionTimer.Deadline, pause);
    }

    // Those that follow it were posted with it, and have the same deadline.
    private void LookAtWaiting(SessionRequest request, ref TimeSpan? next)
    {
        if (request.Waits && !EndIfOverdue(request))
            Note(request, ref next);
    }

    private void LookAtSent(SessionRequest request, ref TimeSpan? next)
    {
        if (request.CancelWanted || TimeLeft(request) is not { } left)
            return;
        if (left > TimeSpan.Zero)
        {
            Note(request, ref next);
            return;
        }

        request.MarkOverdue();
        _core!.OnSignal(new SessionSignal(SessionSignalKind.CancelWanted, 0, request));
    }

    private void Note(SessionRequest request, ref TimeSpan? next)
    {
        if (TimeLeft(request) is { } left && !(next < left))
            next = left;
    }

    private bool EndIfOverdue(SessionRequest request)
    {
        if (TimeLeft(request) is not { } left || left > TimeSpan.Zero)
            return false;
        request.EndOverdue(_lastFailure, _profile.Server, this);
        return true;
    }

    private TimeSpan? TimeLeft(SessionRequest request) => request.TimeLeftBy(Runtime.Time);
}
