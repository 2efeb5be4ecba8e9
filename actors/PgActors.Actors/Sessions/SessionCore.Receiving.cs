using PgActors.Framing;
using PgActors.Protocol;
using PgActors.Rows;
using PgActors.Types;

namespace PgActors.Sessions;

/// <content>Receiving: from the link to the machine, and rows to their consumers, at the pace that those allow.</content>
public sealed partial class SessionCore
{
    private RowPump _pump = new(long.MaxValue);
    private RequestId _pumped;
    private StreamPace _pace;
    private bool _workedOff;
    private bool _takesPieces;
    private RowPieces _pieces;

    // Several callers were answered in one turn: they are let run first, and what they post leaves in one send, with the next turn. By then
    // more answers have come, so that the receive mostly completes at once, without a wait in the kernel for each answer.
    private int _endedInTurn;

    private void BeginReceive()
    {
        _workedOff = false;
        try
        {
            var isPatient = _pumped == default ? _link!.BeginReceive(CrowdMark) : _link!.BeginReceive(_pace.LowWaterMark, _pace.SlabSize);
            if (isPatient)
                _host.ArmTimer(SessionTimer.Pause, TimeSpan.FromMilliseconds(StreamPace.LongestPause));
        }
        catch (Exception broken) when (IsTransportFault(broken))
        {
            OnLost(broken.Message);
        }
    }

    private void OnPauseTimer()
    {
        if (!_link!.IsPatient)
            return;
        SlowDown();
        _link.SetLowWaterMark(1);
    }

    private void SlowDown()
    {
        _pace.OnPause();
        _pump.IsNarrow = false;
    }

    private void OnReceived()
    {
        int bytes;
        var listened = _link!.IsListening;
        try
        {
            bytes = _link.EndReceive();
        }
        catch (Exception broken) when (IsTransportFault(broken))
        {
            OnLost(broken.Message);
            return;
        }

        if (!listened)
        {
            WorkOff(bytes);
            return;
        }

        _resting = RestPhase.Busy;
        BeginReceive();
    }

    private void WorkOff(int bytes)
    {
        if (bytes == 0)
        {
            OnLost("the server closed it.");
            return;
        }

        _pump.OnReceived();
        if (_pumped != default)
        {
            _pace.OnReceived(bytes, _host.Runtime.Time);
            _pump.IsNarrow = _pace.IsFast;
        }
        var input = _link!.Input;
        while (_failure is null && (TryNextPiece(input, out var frame) || _frames.TryNext(input, _machine.Framing, out frame)))
        {
            if (frame.Violation is not null)
            {
                Apply(_machine.OnViolation(frame.Violation));
                return;
            }

            if (frame.Rows > 0)
                OnRows(input, frame);
            else
                Apply(_machine.OnMessage(frame.Type, input.Waiting.Slice(5, frame.Length - 5)));
            if (_failure is null)
                input.OnWorkedOff(frame.Length);
        }

        _workedOff = true;
    }

    // A row that does not fit into a buffer is handed on as it comes, and thrown away so if nobody wants it any more.
    private bool TryNextPiece(ReceiveBuffer input, out FrameRun piece)
    {
        piece = default;
        if (!_takesPieces || _machine.Pipeline.Head != _pumped)
            return false;
        var length = _pieces.Take(input.Waiting, MessageLimits.MaxLength);
        piece = new FrameRun((byte)BackendMessageType.DataRow, length, 1, null);
        return length > 0;
    }

    private void OnRows(ReceiveBuffer input, in FrameRun run)
    {
        var effects = _machine.OnRows();
        if (effects.First.Kind != SessionEffectKind.ForwardRows)
        {
            Apply(effects);
            if (effects.First.Kind == SessionEffectKind.DiscardRows)
                OnDrained(effects.First.Request, run.Length);
            return;
        }

        input.Slab.Retain();
        var request = _requests.Find(effects.First.Request)!;
        if (!request.HasRows)
            OnFirstRows(request);
        request.OnRows(new RowBatch(input.Slab, input.Start, run.Length), _host);
        if (effects.First.Request != _pumped)
            return;
        _pump.OnForwarded(run.Length);
        request.DropDeadline();
    }

    // How the session prints dates is known when it has printed some, and not before.
    private void OnFirstRows(SessionRequest request)
    {
        request.HasRows = true;
        if (request.Described is { HasText: true } layout && Parameters.DateTextStyle is { } style)
            request.OnDescribed(request.Described = layout.In(style));
    }

    // The report comes with the end of a group of commands, and tells nothing of when in it.
    private void OnDateTextChanged()
    {
        foreach (var request in Requests)
        {
            if (request.HasRows && request.Described is { HasText: true } layout)
                request.OnDescribed(request.Described = layout.In(DateTextStyle.Unsure));
        }
    }

    private void OnConsumed(SessionRequest request, long bytes)
    {
        if (request.State != SessionRequestState.InFlight || request.Id != _pumped)
            return;
        if (_pump.OnConsumed(bytes))
            _workedOff = true;
        if (_pump.State is RowPumpState.AwaitingRows or RowPumpState.AwaitingRead)
            Apply(_machine.Pipeline.OnFetch(request.Id));
    }

    private void StopPumping(RequestId id)
    {
        if (id == _pumped && _pump.OnAbandoned())
            BeginReceive();
    }

    // What a broken, aborted or disposed transport throws. Anything else is a defect of ours and must show.
    private static bool IsTransportFault(Exception exception) =>
        exception is Transports.TransportException or IOException or System.Net.Sockets.SocketException or ObjectDisposedException
            or OperationCanceledException;
}
