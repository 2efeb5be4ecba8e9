using PgActors.Protocol;
using PgActors.Rows;

namespace PgActors.Sessions;

/// <summary>
/// One connection from its first packet to its last, driven by a host's turns: it feeds the machine with what arrives and carries out the
/// machine's orders. It knows no mailbox; whatever hosts it delivers one signal or one request at a time and ends each turn with
/// <see cref="OnTurnEnding"/>.
/// </summary>
public sealed partial class SessionCore : IDisposable
{
    private readonly ISessionHost _host;
    private readonly SessionProfile _profile;
    private readonly int _incarnation;
    private readonly SessionMachine _machine;
    private readonly SessionStarter _starter;
    private readonly FrameDispatch _frames;
    private readonly CommandWriter _commands;
    private readonly InFlightRequests _requests;
    private SessionLink? _link;
    private LivenessProbe? _probe;
    private SessionFailure? _failure;

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
        _requests = new InFlightRequests(profile.MaxInFlight);
        _machine = new SessionMachine(profile.Startup);
        _commands = new CommandWriter(
            new StatementCache(profile.StatementCacheSize, profile.StatementCacheBytes, statementPrefix), profile.DescribesAlways)
        {
            Formats = profile.Formats,
        };
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
        _failure is null && _machine.AcceptsCommands && !_isTerminating && _probe is null && _rest is null && _leak is null
        && _requests.HasRoom && !_link!.Output.IsFull;

    /// <summary>The requests in flight, oldest first. Inside a turn.</summary>
    internal IEnumerable<SessionRequest> Requests => _requests.Ids.Select(id => _requests.Find(id)!);

    /// <summary>Whether the session is over.</summary>
    public bool IsOver => _failure is not null;

    /// <summary>Takes a signal. One of another incarnation only gives back what it carries.</summary>
    public void OnSignal(in SessionSignal signal)
    {
        if (_failure is not null || (signal.Incarnation != 0 && signal.Incarnation != _incarnation))
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
            case SessionSignalKind.ReceiveDue:
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
            case SessionSignalKind.Fed:
                OnFed((SessionRequest)signal.Payload!);
                break;
            case SessionSignalKind.CancelWanted:
                OnCancelWanted((SessionRequest)signal.Payload!);
                break;
            case SessionSignalKind.CancelAllWanted:
                OnCancelAllWanted();
                break;
            case SessionSignalKind.CancelEnded:
                OnCancelEnded();
                break;
            case SessionSignalKind.TimerFired:
                OnTimer(signal.Timer);
                break;
            case SessionSignalKind.Stop:
                Terminate();
                break;
            case SessionSignalKind.Doubt:
                OnDoubt();
                break;
            case SessionSignalKind.FailWaiting:
            case SessionSignalKind.Adopt:
            case SessionSignalKind.HandOver:
            case SessionSignalKind.WatchDeadlines:
            case SessionSignalKind.Retire:
                break;
        }
    }

    /// <summary>Takes a request, and those that follow it, while <see cref="AcceptsWork"/>. What was ended while it waited is passed
    /// over.</summary>
    public void OnRequest(SessionRequest request)
    {
        _rest = request;
        WakeUp();
        if (_leak is not null && _failure is null)
        {
            // It showed only now, and is to be set right first.
            _rest = null;
            _host.TakeBack(request);
            return;
        }

        WriteRest();
    }

    // When a server goes, its connections are not found dead all at once, and each that is not yet would cost a caller an unknown outcome.
    private void OnDoubt()
    {
        if (!AcceptsWork || _machine.Pipeline.HasOpenGroup)
            return;
        _probe = new LivenessProbe();
        Write(_probe);
    }

    private void OnTimer(SessionTimer timer)
    {
        switch (timer)
        {
            case SessionTimer.Connect:
                Close(new SessionFailure(
                    SessionFailureKind.TimedOut,
                    $"No session with {_profile.Server} within {_profile.ConnectTimeout.TotalSeconds:0.###} s (connect_timeout); "
                    + $"it got as far as '{_starter.Progress}'. Check that a PostgreSQL server listens there, and the network."));
                break;
            case SessionTimer.Cancel:
                OnCancelTimer();
                break;
            case SessionTimer.CancelAgain:
                Apply(_machine.Pipeline.OnCancelMissed());
                break;
            case SessionTimer.Detach:
                OnDetachTimer();
                break;
            case SessionTimer.Drain:
                StopDraining();
                break;
            case SessionTimer.Terminate:
                OnTerminateTimer();
                break;
            case SessionTimer.Quiet:
                OnQuietTimer();
                break;
            case SessionTimer.Pause:
                OnPauseTimer();
                break;
            case SessionTimer.Deadline:
                break;
        }
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
                _machine.ShareParameters(_profile.Reported.Share(_machine.Parameters));
                _host.OnReady();
                break;
            case SessionEffectKind.Describe:
                OnDescribed(_requests.Find(effect.Request)!, (RowLayout)effect.Detail!);
                break;
            case SessionEffectKind.CompleteResult:
                OnResult(_requests.Find(effect.Request)!, (CommandTag?)effect.Detail);
                break;
            case SessionEffectKind.AwaitDemand:
                if (_pump.State is RowPumpState.AwaitingRows or RowPumpState.AwaitingRead)
                    Apply(_machine.Pipeline.OnFetch(effect.Request));
                break;
            case SessionEffectKind.SendBind:
                OnBindDue(_requests.Find(effect.Request)!);
                break;
            case SessionEffectKind.SendExecute:
                OnFetchDue(_requests.Find(effect.Request)!);
                break;
            case SessionEffectKind.SendSync:
                // Inside a message it would be a part of that; the connection is closed instead.
                if (_fed is null)
                    CommandEncoder.WriteSync(_link!.Output.Writer);
                break;
            case SessionEffectKind.SendCopyFail:
                RefuseCopy(sync: effect.Detail is true);
                break;
            case SessionEffectKind.StatementPrepared:
                if (_requests.Find(effect.Request)!.Prepared is { } prepared)
                    prepared.State = PreparedStatementState.Prepared;
                break;
            case SessionEffectKind.Closed:
                CommandWriter.OnClosed(_requests.Find(effect.Request)!);
                break;
            case SessionEffectKind.TakeFinished:
                OnFinished();
                break;
            case SessionEffectKind.StartCancel:
                StartCancel(effect.Request);
                break;
            case SessionEffectKind.OpenGate:
                OnGateOpened();
                break;
            case SessionEffectKind.ReportNotice:
                _host.Report(new SessionNews(SessionNewsKind.Notice, effect.Detail!));
                break;
            case SessionEffectKind.ReportNotification:
                _host.Report(new SessionNews(SessionNewsKind.Notification, effect.Detail!));
                OnNotification();
                break;
            case SessionEffectKind.ReportParameter:
                _host.Report(new SessionNews(SessionNewsKind.Parameter, effect.Detail!));
                OnParameter((ParameterStatus)effect.Detail!);
                break;
            case SessionEffectKind.CloseTransport:
                Close((SessionFailure)effect.Detail!);
                break;
        }
    }

    private void OnResult(SessionRequest request, CommandTag? tag)
    {
        if (tag is { } done)
            _commands.OnDone(done.Verb);
        request.OnResult(tag);
    }

    private void OnFetchDue(SessionRequest request)
    {
        request.OnSuspended();
        CommandEncoder.WriteExecute(_link!.Output.Writer, default, request.RowLimit);
        CommandEncoder.WriteFlush(_link.Output.Writer);
    }

    private void RefuseCopy(bool sync)
    {
        new CopyFail("COPY FROM STDIN needs a COPY call, not a query").Write(_link!.Output.Writer);
        if (sync)
            CommandEncoder.WriteSync(_link.Output.Writer);
    }

    private void OnStartupFailed(Exception exception)
    {
        if (_starter.IsSecuring)
            Apply(_machine.OnTlsFailed(exception.Message));
        else
            Close(_starter.Explain(exception));
    }
}
