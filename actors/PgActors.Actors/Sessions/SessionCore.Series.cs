namespace PgActors.Sessions;

/// <content>Series: requests that were posted as one and are written one behind the other, as many groups as they may be. A series that does
/// not fit into one write goes on in later turns; until it is written nobody else's request is.</content>
public sealed partial class SessionCore
{
    // What is left to be written of the series under way.
    private SessionRequest? _rest;

    // The request that was taken back last, if the one before the next to finish was: where the rest of its group is appended.
    private SessionRequest? _takenBack;

    // A group that has begun is written to its end whatever its length: none of it ends before its Sync, so waiting for room among those in
    // flight would be in vain.
    private bool MayWriteRest =>
        _failure is null && _rest is not null && !IsRestHeld && _machine.AcceptsCommands && !_link!.Output.IsFull
        && (_machine.Pipeline.HasOpenGroup || (!_isTerminating && _leak is null && _requests.HasRoom))
        && !MustComeAlone(_rest);

    /// <summary>The first request of the series under way that is not written; <see langword="null"/> if there is none. Inside a turn.</summary>
    internal SessionRequest? Rest => _rest;

    private void WriteRest()
    {
        while (MayWriteRest)
        {
            var request = _rest!;
            if (!_machine.Pipeline.HasOpenGroup)
            {
                if (request.State != SessionRequestState.Waiting)
                {
                    _rest = request.Following;
                    continue;
                }

                if (!request.Syncs && BeginGroup(request) is { } problem)
                {
                    EndRest(new SessionFailure(SessionFailureKind.PolicyRefused, problem));
                    return;
                }
            }

            _rest = request.Following;
            request.Following = null;
            Write(request);
        }
    }

    // From here on they are bound to follow: none of them may end by itself any more. So what cannot be written must show now, as long as
    // nothing of the group is sent.
    private static string? BeginGroup(SessionRequest first)
    {
        for (var member = first; ; member = member.Following)
        {
            var bytes = Math.Min(member.Parameters.Length + (member.Feed?.Length ?? 0), int.MaxValue);
            if (CommandLimits.ProblemOf(member.Statement, member.ParameterCount, (int)bytes) is { } problem)
                return problem;
            if (member.Syncs || member.Following is null)
                break;
        }

        for (var member = first; !member.Syncs && member.Following is { } next; member = next)
            next.State = SessionRequestState.InFlight;
        return null;
    }

    private static void MakeWaiting(SessionRequest request)
    {
        if (request.SharesSync)
            request.KeepSync();
        request.Prepared = null;
        request.Id = default;
        request.State = SessionRequestState.Waiting;
        request.OnRunAgain();
    }

    // What was never written goes with that part of its group which was not sent either; the rest of a group whose begin was sent can only end.
    private void GiveBackRest(SessionFailure failure)
    {
        if (_rest is not { } rest)
            return;
        var isBegun = !_lastSynced;
        if (failure.Kind == SessionFailureKind.Closed || (isBegun && _takenBack is null))
        {
            EndRest(failure);
            return;
        }

        _rest = null;
        if (isBegun)
        {
            for (var request = rest; request is not null; request = request.Following)
                MakeWaiting(request);
            _takenBack!.Following = rest;
        }
        else
        {
            _host.TakeBack(rest);
        }
    }

    private void EndRest(SessionFailure failure)
    {
        while (_rest is { } request)
        {
            _rest = request.Following;
            if (request.State != SessionRequestState.Ended)
                End(request, Unsent(request), failure);
        }
    }

    private static FinishedCommand Unsent(SessionRequest request) =>
        new(default, CommandEnd.NotSent, null, default, default, false, request.Statement.Safety);
}
