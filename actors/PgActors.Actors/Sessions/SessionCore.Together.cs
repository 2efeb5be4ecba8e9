namespace PgActors.Sessions;

/// <content>A request that stands in front of others without being posted itself: it is written with the first of them, or not at all.</content>
public sealed partial class SessionCore
{
    private void SubmitTogether(SessionRequest ahead, SessionRequest request)
    {
        var writer = _link!.Output.Writer;
        var start = writer.Length;
        CommandShape first;
        CommandShape second;
        try
        {
            first = _commands.Write(writer, ahead);
            second = _commands.Write(writer, request);
        }
        catch (ArgumentException refused)
        {
            writer.Truncate(start);
            _commands.TakeBack(ahead);
            Refuse(request, UsageProblem.Of(refused));
            return;
        }

        ahead.Holder = request.Holder;
        Submit(ahead, first);
        Submit(request, second);
    }
}
