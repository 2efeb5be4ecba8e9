namespace PgActors.Sessions;

/// <content>How a request gets onto the wire, or is refused before.</content>
public sealed partial class SessionCore
{
    private void Write(SessionRequest request)
    {
        if (request.Protocol == CommandProtocol.Simple && _machine.Pipeline.HasOpenGroup)
        {
            Refuse(request, "A simple query cannot be sent inside a batch that is one transaction.");
            return;
        }

        request.IsFinal = IsFinal(request, _rest);
        var before = TryPutOffSync(request);
        CommandShape shape;
        try
        {
            shape = _commands.Write(_link!.Output.Writer, request);
        }
        catch (ArgumentException refused)
        {
            if (before is not null)
                PutSyncBack(before);
            Refuse(request, UsageProblem.Of(refused));
            return;
        }

        Submit(request, shape);
        NoteSync(request, shape);
    }

    private void Submit(SessionRequest request, in CommandShape shape)
    {
        request.State = SessionRequestState.InFlight;
        request.Described = null;
        request.HasRows = false;
        request.Id = _requests.Add(request);
        NoteBoundary(request);
        Apply(_machine.Pipeline.OnSubmitted(request.Id, shape));
        if (!shape.Describes && request.ReusesStatement && shape.Protocol == CommandProtocol.Extended)
        {
            request.Described = request.Prepared!.Layout!;
            request.OnDescribed(request.Described);
        }

        if (shape.LimitsDemand)
        {
            _pump = new RowPump(request.Window);
            _pumped = request.Id;
            _pace = default;
            _takesPieces = request.TakesPieces;
            _workedOff = true;
        }

        if (request.CancelWanted)
            OnCancelWanted(request);
    }
}
