namespace PgActors.Sessions;

/// <content>Requests that are written together: all of them or none.</content>
public sealed partial class SessionCore
{
    private readonly List<(SessionRequest Request, CommandShape Shape)> _together = [];

    // The last of them is described first, so that nothing may stand behind it yet.
    private bool _isCutShort;

    private void SubmitTogether(SessionRequest request)
    {
        var writer = _link!.Output.Writer;
        var start = writer.Length;
        try
        {
            if (request.Ahead is { State: SessionRequestState.Waiting } ahead)
                WriteTogether(ahead);
            for (var next = request; next is not null && !_isCutShort; next = next.Behind)
                WriteTogether(next);
        }
        catch (ArgumentException refused)
        {
            writer.Truncate(start);
            foreach (var (written, _) in _together)
                _commands.TakeBack(written);
            _together.Clear();
            _isCutShort = false;
            for (var next = request; next is not null; next = next.Behind)
                Refuse(next, UsageProblem.Of(refused));
            return;
        }

        foreach (var (written, shape) in _together)
        {
            written.Holder = request.Holder;
            Submit(written, shape);
        }

        // Each of them is on its own from here on: one that is taken back must not take the others along again.
        var unwritten = _isCutShort ? _together[^1].Request.Behind : null;
        foreach (var (written, _) in _together)
            written.Behind = null;
        _together.Clear();
        _isCutShort = false;
        if (unwritten is not null)
            FollowLater(unwritten);
    }

    private void WriteTogether(SessionRequest request)
    {
        request.IsFinal = _together.Count > 0 || IsFinal(request);
        var shape = _commands.Write(_link!.Output.Writer, request);
        _together.Add((request, shape));
        _isCutShort = shape.DescribesFirst;
    }

    // What stands behind a request that is described first waits with it, as if it followed.
    private void FollowLater(SessionRequest unwritten)
    {
        var last = unwritten;
        for (; last.Behind is { } next; last = next)
        {
            last.State = SessionRequestState.InFlight;
            last.Following = next;
            last.Behind = null;
        }

        last.State = SessionRequestState.InFlight;
        last.Following = _rest;
        _rest = unwritten;
    }
}
