using PgActors.Runtime;

namespace PgActors.Sessions;

/// <content>
/// Deadlines of commands. All commands of a session have the same time, so one timer does: it looks at everything that waits or is in flight,
/// ends what is overdue and is set to the next that will be; what is posted in the meantime comes later than that.
/// </content>
public sealed partial class SessionActor
{
    // Looking costs as much as there are commands. So deadlines this close to each other are looked at together, and kept that late at most.
    private static readonly TimeSpan Coarseness = TimeSpan.FromMilliseconds(10);

    private WakeFlag _watches;

    // After the post: it is in the mailbox, and may be anybody's by now.
    private void SeeToDeadlines()
    {
        if (_profile.CommandTimeout is not null && !_watches.IsOn)
            _mailbox.PostControl(new SessionSignal(SessionSignalKind.WatchDeadlines), allowInline: false);
    }

    private async ValueTask<PostResult> PostBeforeDeadlineAsync(SessionRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var left = timeout - request.ElapsedBy(Runtime.Time)!.Value;
        using var deadline = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, Runtime.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            var result = await _mailbox.PostAsync(request, either.Token).ConfigureAwait(false);
            SeeToDeadlines();
            return result;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw RequestFailure.Overdue(timeout, _profile.Server, request.ElapsedBy(Runtime.Time), _lastFailure);
        }
    }

    private void WatchDeadlines()
    {
        if (_profile.CommandTimeout is null)
            return;
        _watches.Clear();
        TimeSpan? next = null;
        foreach (var request in _takenBack)
            LookAtWaiting(request, ref next);
        foreach (var request in _mailbox.Waiting)
            LookAtWaiting(request, ref next);
        if (_core?.Rest is { } rest)
            LookAtWaiting(rest, ref next);
        foreach (var request in _core?.Requests.ToArray() ?? [])
            LookAtSent(request, ref next);
        if (next is not { } due)
            return;
        _watches.Set();
        _timers.Arm(SessionTimer.Deadline, due > Coarseness ? due : Coarseness);
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
