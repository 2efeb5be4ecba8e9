namespace PgActors.Sessions;

/// <content>Commands that were not sent, and go to another session, or are answered.</content>
public sealed partial class SessionActor
{
    /// <summary>Takes over a request that a sibling could not send; never refused, as it was counted there. Only for the request's holder, which
    /// must leave it alone from now on.</summary>
    public void Adopt(SessionRequest request)
    {
        request.HoldBy(this);
        _mailbox.PostControl(new SessionSignal(SessionSignalKind.Adopt, Payload: request), allowInline: false);
    }

    /// <summary>Ends a search that a command of this session, unsent, had begun (<see cref="SessionRequest.SeekSession"/>).</summary>
    /// <param name="request">The command. If it has ended meanwhile, nothing happens.</param>
    /// <param name="next">The session that was found; <see langword="null"/> if none was, and the command ends.</param>
    /// <param name="failure">Why the command ends in that case.</param>
    public void HandOver(SessionRequest request, SessionActor? next, SessionFailure failure) => _mailbox.PostControl(
        new SessionSignal(SessionSignalKind.HandOver, Payload: new SessionHandOver(request, next, failure)), allowInline: false);

    private void OnAdopt(SessionRequest request)
    {
        if (_failsWaiting || IsStopped)
            MoveOrAnswer(request);
        else
            _takenBack.Enqueue(request);
        if (request.Deadline is not null)
            WatchDeadlines();
    }

    private void OnHandOver(SessionHandOver message)
    {
        var (request, next, failure) = message;
        if (!request.Waits || EndIfOverdue(request))
            return;
        if (next is not null)
            next.Adopt(request);
        else
            request.TryEndUnsent(failure, _profile.Server, this);
    }

    private void AnswerAll()
    {
        while (_takenBack.TryDequeue(out var request))
            MoveOrAnswer(request);
        while (_mailbox.TryTakeWork(out var request))
            MoveOrAnswer(request!);
    }

    // Nothing of it was sent, so it need not wait for this session's next connection if another session has one.
    private void MoveWaiting()
    {
        var staying = new List<SessionRequest>();
        while (_owner.ChooseSibling(this) is not null && (_takenBack.TryDequeue(out var request) || _mailbox.TryTakeWork(out request)))
        {
            if (!TryMove(request!))
                staying.Add(request!);
        }

        // What stays was in front of what was not looked at.
        staying.AddRange(_takenBack);
        _takenBack.Clear();
        foreach (var request in staying)
            _takenBack.Enqueue(request);
    }

    private void MoveOrAnswer(SessionRequest request)
    {
        if ((IsStopped && !_isRetiring) || !TryMove(request))
            Answer(request);
    }

    private bool TryMove(SessionRequest request)
    {
        if (!request.Waits)
            return true;
        if (_owner.ChooseSibling(this) is not { } sibling)
            return false;
        sibling.Adopt(request);
        return true;
    }

    private void Answer(SessionRequest request)
    {
        var failure = _lastFailure ?? Closed;
        if (request.Waits && request.SeekSession(this, failure) is { } search)
            _mailbox.RunAfterTurn(search);
        else
            request.TryEndUnsent(failure, _profile.Server, this);
    }
}
