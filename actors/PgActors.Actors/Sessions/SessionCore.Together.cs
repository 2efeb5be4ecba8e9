namespace PgActors.Sessions;

/// <content>Requests that are written together: all of them or none.</content>
public sealed partial class SessionCore
{
    private readonly List<(SessionRequest Request, CommandShape Shape)> _together = [];

    private void SubmitTogether(SessionRequest request)
    {
        var writer = _link!.Output.Writer;
        var start = writer.Length;
        try
        {
            if (request.Ahead is { State: SessionRequestState.Waiting } ahead)
                _together.Add((ahead, _commands.Write(writer, ahead)));
            for (var next = request; next is not null; next = next.Behind)
                _together.Add((next, _commands.Write(writer, next)));
        }
        catch (ArgumentException refused)
        {
            writer.Truncate(start);
            foreach (var (written, _) in _together)
                _commands.TakeBack(written);
            _together.Clear();
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
        foreach (var (written, _) in _together)
            written.Behind = null;
        _together.Clear();
    }
}
