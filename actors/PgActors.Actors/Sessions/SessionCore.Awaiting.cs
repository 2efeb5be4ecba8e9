namespace PgActors.Sessions;

/// <content>
/// Waiting on the spot. A session that begins or ends has round trips to make with nobody else's work between them, and each takes the server a
/// millisecond or more, since it makes or ends a process. To be woken for each by the system's threads costs more than all the rest: a worker of
/// the pool that has nothing to do looks for work for a while before it sleeps, and so does the next one when it is done. A worker that blocks in
/// the kernel meanwhile costs nothing, so where one can be spared (<see cref="ISessionHost.TryBeginBlocking"/>) it waits for the answer itself,
/// and a whole connect stays on one thread.
/// </content>
public sealed partial class SessionCore
{
    // Milliseconds. Between two steps the worker looks whether it is wanted elsewhere: the first is short, a longer one is for a server that is
    // slow, and all together bound what a pool that has nothing to do spends on one that is not as near as it was taken for.
    private const int LongestStep = 8;
    private const int LongestAwait = 50;

    // True if something came, so that the turn is not at its end.
    private bool TryAwait()
    {
        var isFirst = IsFirstCommand;
        if (!(isFirst || IsBeginningOrEnding) || _link!.IsReceiving || !_link.CanPoll)
            return false;

        // A caller may have many first commands to post, and each would keep it; the sessions of a database share what they find out.
        var policy = isFirst ? _profile.FirstAnswers : null;
        if (policy?.IsWorthwhile() == false || !_host.TryBeginBlocking())
            return false;
        try
        {
            _link.SetLowWaterMark(1);

            // It would only interrupt; the next rest arms it again.
            _host.CancelTimer(SessionTimer.Quiet);
            _isTimed = false;
            for (int waited = 0, step = 1; waited < LongestAwait; waited += step, step = Math.Min(step * 2, LongestStep))
            {
                if (_link.AwaitArrival(step))
                {
                    policy?.OnAnswered();
                    return Glance();
                }

                if (!_host.MayBlockOn)
                    break;
            }

            policy?.OnMissed();
            return false;
        }
        finally
        {
            _host.EndBlocking();
        }
    }

    private bool IsBeginningOrEnding => _machine.Phase != SessionPhase.Ready || _saidGoodbye;

    // Its process has caches to fill; the later ones are answered in less time than it takes to fall asleep (SessionCore.Resting.cs).
    private bool IsFirstCommand => _requests is { Count: 1, LastId.Value: 1 } && _pumped == default;
}
