namespace PgActors.Sessions;

/// <content>
/// Parameters that are read from streams while they are sent. Once a message has begun the protocol allows nothing but its rest, so a source
/// that fails and a caller who leaves cost the connection. Nothing of the request has run then.
/// </content>
public sealed partial class SessionCore
{
    // Whose Bind is being written.
    private SessionRequest? _fed;

    private void BeginFeeding(SessionRequest request, ParameterFeed feed)
    {
        _fed = request;
        var writer = _link!.Output.Writer;
        CommandWriter.BeginBind(writer, request);
        feed.Begin(writer, request.Parameters.Span, _host, new SessionSignal(SessionSignalKind.Fed, _incarnation, request));
        if (feed.IsOver)
            EndFeeding(request);
    }

    private void OnFed(SessionRequest request)
    {
        var writer = _link!.Output.Writer;
        var feed = request.Feed!;
        if (feed.Write(writer, request.Parameters.Span) is { } problem)
        {
            Close(new SessionFailure(
                SessionFailureKind.SourceFailed,
                $"{problem} PostgreSQL takes nothing else before the whole value, so its connection was closed."));
        }
        else if (feed.IsOver)
        {
            EndFeeding(request);
        }
    }

    private void EndFeeding(SessionRequest request)
    {
        _fed = null;
        CommandWriter.EndBind(_link!.Output.Writer, request);
        _machine.Pipeline.OnBound(request.Id);
    }

    // At the end of a turn, when as much as possible is on its way.
    private void FeedOn()
    {
        if (_fed?.Feed is { IsReading: false } feed && !_link!.Output.IsFull)
            feed.Want();
    }

    // The server refuses a message only as a whole, but a time-out of its own may strike while it reads one.
    private void CheckFed()
    {
        if (_fed is not null && !_machine.Pipeline.OwesBind)
        {
            Close(new SessionFailure(
                SessionFailureKind.ServerEnded, "The server gave up while a parameter was being sent, so its connection was closed."));
        }
    }

    private static SessionFailure LeftInTheMiddle => new(
        SessionFailureKind.Closed, "A command was cancelled while a parameter of it was being sent, so its connection was closed.");
}
