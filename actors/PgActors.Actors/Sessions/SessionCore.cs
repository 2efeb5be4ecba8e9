using PgActors.Protocol;
using PgActors.Rows;

namespace PgActors.Sessions;

/// <summary>
/// One connection from its first packet to its last, driven by a host's turns: it feeds the machine with what arrives and carries out the
/// machine's orders. It knows no mailbox; whatever hosts it delivers one signal or one request at a time and ends each turn with
/// <see cref="OnTurnEnding"/>.
/// </summary>
public sealed class SessionCore : IDisposable
{
    private readonly ISessionHost _host;
    private readonly SessionProfile _profile;
    private readonly int _incarnation;
    private readonly SessionMachine _machine;
    private readonly SessionStarter _starter;
    private readonly FrameDispatch _frames;
    private readonly CommandWriter _commands;
    private readonly InFlightRequests _requests = new();
    private SessionLink? _link;
    private RowPump _pump = new(long.MaxValue);
    private RequestId _pumped;
    private CancelActor? _cancel;
    private SessionFailure? _failure;
    private bool _workedOff;
    private bool _isTerminating;

    // Whether a Sync stood between the command that finished last and the next: that one then shares nobody's fate from before.
    private bool _lastSynced = true;

    /// <summary>Makes the core of one connection.</summary>
    /// <param name="host">Who delivers signals and requests.</param>
    /// <param name="profile">Where and how to connect.</param>
    /// <param name="incarnation">Tells this connection's signals from those of earlier ones; not 0.</param>
    /// <param name="statementPrefix">Begins the names of the statements prepared here.</param>
    public SessionCore(ISessionHost host, SessionProfile profile, int incarnation, string statementPrefix)
    {
        _host = host;
        _profile = profile;
        _incarnation = incarnation;
        _machine = new SessionMachine(profile.Startup);
        _commands = new CommandWriter(new StatementCache(profile.StatementCacheSize, statementPrefix));
        _starter = new SessionStarter(host, profile, incarnation);
        _frames = new FrameDispatch(profile.Limits);
    }

    /// <summary>Where the session stands.</summary>
    public SessionPhase Phase => _machine.Phase;

    /// <summary>What the last ReadyForQuery said.</summary>
    public TransactionStatus Transaction => _machine.Pipeline.Status;

    /// <summary>The server process; 0 if unknown.</summary>
    public int ProcessId => _machine.ProcessId;

    /// <summary>What the server reported of its settings.</summary>
    public SessionParameters Parameters => _machine.Parameters;

    /// <summary>The protocol in force.</summary>
    public ProtocolVersion Version => _machine.Version;

    /// <summary>Requests written and not yet ended.</summary>
    public int InFlight => _requests.Count;

    /// <summary>Whether a request may be delivered now.</summary>
    public bool AcceptsWork =>
        _failure is null && _machine.AcceptsCommands && !_isTerminating && _requests.Count < _profile.MaxInFlight && !_link!.Output.IsFull;

    /// <summary>Whether the session is over.</summary>
    public bool IsOver => _failure is not null;

    /// <summary>Takes a signal. Signals of another incarnation are dropped.</summary>
    public void OnSignal(in SessionSignal signal)
    {
        if (signal.Incarnation != 0 && signal.Incarnation != _incarnation)
            return;
        if (_failure is not null)
        {
            OnLateSignal(signal);
            return;
        }

        switch (signal.Kind)
        {
            case SessionSignalKind.Start:
                _host.ArmTimer(SessionTimer.Connect, _profile.ConnectTimeout);
                _starter.Connect();
                break;
            case SessionSignalKind.Connected:
                _link = _starter.OnConnected(signal.Payload!);
                Apply(_machine.OnConnected());
                break;
            case SessionSignalKind.EncryptionReply:
                Apply(_machine.OnEncryptionReply((byte)signal.Number));
                break;
            case SessionSignalKind.Secured:
                _starter.OnSecured(_link!);
                Apply(_machine.OnSecured());
                break;
            case SessionSignalKind.KeysDerived:
                Apply(_machine.OnKeysDerived((Authentication.ScramKeys)signal.Payload!));
                break;
            case SessionSignalKind.StartupFailed:
                OnStartupFailed((Exception)signal.Payload!);
                break;
            case SessionSignalKind.Received:
                OnReceived();
                break;
            case SessionSignalKind.Sent:
                OnSent();
                break;
            case SessionSignalKind.Consumed:
                OnConsumed((SessionRequest)signal.Payload!, signal.Number);
                break;
            case SessionSignalKind.Abandoned:
                OnAbandoned((SessionRequest)signal.Payload!);
                break;
            case SessionSignalKind.CancelWanted:
                OnCancelWanted((SessionRequest)signal.Payload!);
                break;
            case SessionSignalKind.CancelEnded:
                _cancel?.Dispose();
                _cancel = null;
                Apply(_machine.Pipeline.OnCancelSocketEnded());
                break;
            case SessionSignalKind.TimerFired:
                OnTimer((SessionTimer)signal.Number);
                break;
            case SessionSignalKind.Stop:
                Terminate();
                break;
            case SessionSignalKind.FailWaiting:
                break;
        }
    }

    /// <summary>Takes a request, while <see cref="AcceptsWork"/>.</summary>
    public void OnRequest(SessionRequest request)
    {
        if (request.Protocol == CommandProtocol.Simple && _machine.Pipeline.HasOpenGroup)
        {
            Refuse(request, "A simple query cannot be sent inside a batch that is one transaction.");
            return;
        }

        CommandShape shape;
        try
        {
            shape = _commands.Write(_link!.Output.Writer, request);
        }
        catch (ArgumentException refused)
        {
            Refuse(request, refused.Message);
            return;
        }

        request.State = SessionRequestState.InFlight;
        request.Id = _requests.Add(request);
        Apply(_machine.Pipeline.OnSubmitted(request.Id, shape));
        if (!shape.Parses && shape.Protocol == CommandProtocol.Extended)
            request.OnDescribed(request.Prepared!.Layout!);
        if (shape.LimitsDemand)
        {
            _pump = new RowPump(request.Window);
            _pumped = request.Id;
            _workedOff = true;
        }
    }

    /// <summary>Ends a turn: writes once, then receives on.</summary>
    public void OnTurnEnding()
    {
        if (_failure is not null || _link is null)
            return;
        try
        {
            if (_link.Flush())
                Apply(_machine.Pipeline.OnFlushed());
        }
        catch (Exception broken) when (IsTransportFault(broken))
        {
            OnLost(broken.Message);
            return;
        }

        if (_isTerminating && !_link.Output.IsSending && _requests.Count == 0)
        {
            Close(new SessionFailure(SessionFailureKind.Closed, "The session was closed."));
            return;
        }

        if (!_workedOff || _machine.Phase is SessionPhase.Created || _starter.ReadsAlone)
            return;
        if (_pump.OnWorkedOff())
            BeginReceive();
    }

    /// <summary>Ends the session at once, without Terminate. Inside a turn, like everything here.</summary>
    public void Dispose() => Close(new SessionFailure(SessionFailureKind.Closed, "The session was closed."));

    private void BeginReceive()
    {
        _workedOff = false;
        try
        {
            _link!.BeginReceive();
        }
        catch (Exception broken) when (IsTransportFault(broken))
        {
            OnLost(broken.Message);
        }
    }

    private void OnReceived()
    {
        int bytes;
        try
        {
            bytes = _link!.EndReceive();
        }
        catch (Exception broken) when (IsTransportFault(broken))
        {
            OnLost(broken.Message);
            return;
        }

        if (bytes == 0)
        {
            OnLost("the server closed it.");
            return;
        }

        _pump.OnReceived();
        var input = _link.Input;
        while (_failure is null && _frames.TryNext(input, _machine.Framing, out var frame))
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

    private void OnRows(ReceiveBuffer input, in FrameRun run)
    {
        var effects = _machine.OnRows();
        if (effects.First.Kind != SessionEffectKind.ForwardRows)
        {
            Apply(effects);
            return;
        }

        input.Slab.Retain();
        _requests.Find(effects.First.Request)!.OnRows(new RowBatch(input.Slab, input.Start, run.Length), _host);
        if (effects.First.Request == _pumped)
            _pump.OnForwarded(run.Length);
    }

    private void OnSent()
    {
        try
        {
            _link!.EndSend();
        }
        catch (Exception broken) when (IsTransportFault(broken))
        {
            OnLost(broken.Message);
        }
    }

    private void OnConsumed(SessionRequest request, long bytes)
    {
        if (request.State != SessionRequestState.InFlight || request.Id != _pumped)
            return;
        if (_pump.OnConsumed(bytes))
            BeginReceive();
        if (_pump.State is RowPumpState.AwaitingRows or RowPumpState.AwaitingRead)
            Apply(_machine.Pipeline.OnFetch(request.Id));
    }

    private void OnAbandoned(SessionRequest request)
    {
        if (request.State != SessionRequestState.InFlight)
            return;
        Apply(_machine.Pipeline.OnAbandoned(request.Id));
        StopPumping(request.Id);
    }

    private void OnCancelWanted(SessionRequest request)
    {
        if (request.State != SessionRequestState.InFlight)
            return;
        Apply(_machine.Pipeline.OnCancelWanted(request.Id));
        StopPumping(request.Id);
    }

    private void StopPumping(RequestId id)
    {
        if (id == _pumped && _pump.OnAbandoned())
            BeginReceive();
    }

    private void OnTimer(SessionTimer timer)
    {
        switch (timer)
        {
            case SessionTimer.Connect when _machine.Phase is SessionPhase.Created or SessionPhase.Starting:
                Close(new SessionFailure(
                    SessionFailureKind.TimedOut,
                    $"No session with {_profile.Server} within {_profile.ConnectTimeout.TotalSeconds:0.###} s (connect_timeout); "
                    + $"it got as far as '{_starter.Progress}'."));
                break;
            case SessionTimer.Cancel when _machine.Pipeline.Gate != CancelGateState.Open:
                Close(new SessionFailure(
                    SessionFailureKind.TimedOut,
                    $"A cancelled command did not end within {_profile.CancelTimeout.TotalSeconds:0.###} s, so its connection was closed."));
                break;
            case SessionTimer.Terminate when _isTerminating:
                Close(new SessionFailure(SessionFailureKind.Closed, "The session was closed before its commands had ended."));
                break;
        }
    }

    private void Terminate()
    {
        if (_isTerminating)
            return;
        _isTerminating = true;
        if (_machine.Phase != SessionPhase.Ready)
        {
            Close(new SessionFailure(SessionFailureKind.Closed, "The session was closed while it was starting."));
            return;
        }

        if (_requests.Count == 0)
            CommandEncoder.WriteTerminate(_link!.Output.Writer);
        _host.ArmTimer(SessionTimer.Terminate, _profile.CancelTimeout);
    }

    private void Apply(in SessionEffects effects)
    {
        if (effects.First.Kind == SessionEffectKind.None)
            return;
        Apply(effects.First);
        if (effects.Second.Kind != SessionEffectKind.None)
            Apply(effects.Second);
    }

    private void Apply(in SessionEffect effect)
    {
        switch (effect.Kind)
        {
            case SessionEffectKind.None:
            case SessionEffectKind.ForwardRows:
            case SessionEffectKind.DiscardRows:
                break;
            case SessionEffectKind.SendSslRequest:
            case SessionEffectKind.StartTls:
            case SessionEffectKind.SendStartup:
            case SessionEffectKind.Authenticate:
                _starter.Carry(effect, _link!);
                if (effect.Kind == SessionEffectKind.SendStartup)
                    _machine.OnStartupSent(_starter.Authenticate(_link!));
                _workedOff = true;
                break;
            case SessionEffectKind.Ready:
                _host.CancelTimer(SessionTimer.Connect);
                _host.OnReady();
                break;
            case SessionEffectKind.Describe:
                OnDescribed(_requests.Find(effect.Request)!, (RowLayout)effect.Detail!);
                break;
            case SessionEffectKind.CompleteResult:
                _requests.Find(effect.Request)!.OnResult((CommandTag?)effect.Detail);
                break;
            case SessionEffectKind.AwaitDemand:
                if (_pump.State is RowPumpState.AwaitingRows or RowPumpState.AwaitingRead)
                    Apply(_machine.Pipeline.OnFetch(effect.Request));
                break;
            case SessionEffectKind.SendExecute:
                CommandEncoder.WriteExecute(_link!.Output.Writer, _requests.Find(effect.Request)!.RowLimit);
                CommandEncoder.WriteFlush(_link.Output.Writer);
                break;
            case SessionEffectKind.SendSync:
                CommandEncoder.WriteSync(_link!.Output.Writer);
                break;
            case SessionEffectKind.SendCopyFail:
                RefuseCopy(sync: effect.Detail is true);
                break;
            case SessionEffectKind.StatementPrepared:
                if (_requests.Find(effect.Request)!.Prepared is { } prepared)
                    prepared.State = PreparedStatementState.Prepared;
                break;
            case SessionEffectKind.TakeFinished:
                TakeFinished();
                break;
            case SessionEffectKind.StartCancel:
                StartCancel(effect.Request);
                break;
            case SessionEffectKind.OpenGate:
                _host.CancelTimer(SessionTimer.Cancel);
                break;
            case SessionEffectKind.ReportNotice:
                _host.Report(new SessionNews(SessionNewsKind.Notice, effect.Detail!));
                break;
            case SessionEffectKind.ReportNotification:
                _host.Report(new SessionNews(SessionNewsKind.Notification, effect.Detail!));
                break;
            case SessionEffectKind.ReportParameter:
                _host.Report(new SessionNews(SessionNewsKind.Parameter, effect.Detail!));
                break;
            case SessionEffectKind.CloseTransport:
                Close((SessionFailure)effect.Detail!);
                break;
        }
    }

    private static void OnDescribed(SessionRequest request, RowLayout layout)
    {
        if (request.Prepared is { } prepared)
            prepared.Layout = layout;
        request.OnDescribed(layout);
    }

    private void RefuseCopy(bool sync)
    {
        new CopyFail("COPY FROM STDIN needs a COPY call, not a query").Write(_link!.Output.Writer);
        if (sync)
            CommandEncoder.WriteSync(_link.Output.Writer);
    }

    private void StartCancel(RequestId id)
    {
        _host.ArmTimer(SessionTimer.Cancel, _profile.CancelTimeout);
        _cancel = new CancelActor(
            _profile, _machine.ProcessId, _machine.CancelKey, _starter.IsEncrypted,
            () => _host.Post(new SessionSignal(SessionSignalKind.CancelEnded, _incarnation)));
        _cancel.Start();
    }

    private void TakeFinished()
    {
        while (_machine.Pipeline.TryTakeFinished(out var finished))
        {
            var request = _requests.TakeFirst();
            var isAlone = _lastSynced && request.Syncs;
            _lastSynced = request.Syncs || request.RowLimit > 0;
            var wasStale = finished.End != CommandEnd.Succeeded && _commands.OnFailed(request, finished.Error) && isAlone;
            if (finished.Request == _pumped)
            {
                _pump = new RowPump(long.MaxValue);
                _pumped = default;
                _workedOff = !_link!.IsReceiving;
            }

            if (!request.CancelWanted && (RunsAgain(finished) || (wasStale && finished.Outcome == Outcome.RolledBack && IsIdle)))
                TakeBack(request);
            else
                End(request, finished, _failure);
        }

        if (_isTerminating && _requests.Count == 0 && _failure is null)
            CommandEncoder.WriteTerminate(_link!.Output.Writer);
    }

    private bool IsIdle => _failure is null && Transaction == TransactionStatus.Idle;

    private bool RunsAgain(in FinishedCommand finished) =>
        finished.End is CommandEnd.HitByCancel or CommandEnd.NotSent && _failure?.Kind != SessionFailureKind.Closed;

    private void Refuse(SessionRequest request, string reason) => End(
        request, new FinishedCommand(default, CommandEnd.NotSent, null, default, default, false, request.Statement.Safety),
        new SessionFailure(SessionFailureKind.PolicyRefused, reason));

    private void TakeBack(SessionRequest request)
    {
        request.Prepared = null;
        request.State = SessionRequestState.Waiting;
        request.OnRunAgain();
        _host.TakeBack(request);
    }

    private void End(SessionRequest request, in FinishedCommand finished, SessionFailure? failure)
    {
        request.Prepared = null;
        request.State = SessionRequestState.Ended;
        request.OnEnded(new RequestEnd(finished, failure, request.CancelWanted, _profile.Server, _machine.ProcessId));
        _host.RunAfterTurn(request);
    }

    private void OnStartupFailed(Exception exception)
    {
        if (_starter.IsSecuring)
            Apply(_machine.OnTlsFailed(exception.Message));
        else
            Close(_starter.Explain(exception));
    }

    private void OnLost(string reason) => Close(_machine.OnTransportLost(reason));

    private void OnLateSignal(in SessionSignal signal)
    {
        switch (signal.Kind)
        {
            case SessionSignalKind.Received:
                _link?.OnLateReceive();
                break;
            case SessionSignalKind.Connected:
                _starter.OnLateConnection(signal.Payload!);
                break;
        }
    }

    private void Close(SessionFailure failure)
    {
        if (_failure is not null)
            return;
        _failure = failure;
        _machine.OnTransportLost(failure.Message);
        _host.CancelTimer(SessionTimer.Connect);
        _host.CancelTimer(SessionTimer.Cancel);
        _host.CancelTimer(SessionTimer.Terminate);
        _starter.Dispose();
        _cancel?.Dispose();
        _link?.Dispose();
        TakeFinished();
        _host.OnEnded(failure);
    }

    // What a broken, aborted or disposed transport throws. Anything else is a defect of ours and must show.
    private static bool IsTransportFault(Exception exception) =>
        exception is Transports.TransportException or IOException or System.Net.Sockets.SocketException or ObjectDisposedException
            or OperationCanceledException;
}
