using PgActors.Authentication;
using PgActors.Framing;
using PgActors.Protocol;

namespace PgActors.Sessions;

/// <summary>
/// One session as a function of its inputs: facts in, orders out. It owns the start-up and the pipeline, gives each message to the one
/// whose phase it is, and alone decides that the session is over.
/// </summary>
/// <remarks>Not thread-safe: it belongs to one session. It never throws for what a peer does.</remarks>
public sealed class SessionMachine
{
    private readonly StartupMachine _startup;

    /// <summary>Makes the machine of one connection.</summary>
    public SessionMachine(StartupSettings settings)
    {
        _startup = new StartupMachine(settings);
        Pipeline = new PipelineMachine();
    }

    /// <summary>Where the session stands.</summary>
    public SessionPhase Phase { get; private set; }

    /// <summary>The commands.</summary>
    public PipelineMachine Pipeline { get; }

    /// <summary>The protocol in force.</summary>
    public ProtocolVersion Version => _startup.Version;

    /// <summary>The server process; 0 if unknown.</summary>
    public int ProcessId => _startup.ProcessId;

    /// <summary>The key that a cancel needs; empty if the server gave none.</summary>
    public WireArray<byte> CancelKey => _startup.CancelKey;

    /// <summary>What the server reported of its settings.</summary>
    public SessionParameters Parameters { get; private set; } = SessionParameters.Empty;

    /// <summary>Holds an object that others hold too, in place of its own with the same contents.</summary>
    /// <param name="same">Equal to <see cref="Parameters"/>.</param>
    /// <exception cref="ArgumentException">It is not equal.</exception>
    public void ShareParameters(SessionParameters same)
    {
        if (!Parameters.Equals(same))
            throw new ArgumentException("These are not what the server reported.", nameof(same));
        Parameters = same;
    }

    /// <summary>Which caps hold for what arrives now.</summary>
    public FramingPhase Framing => Phase switch
    {
        SessionPhase.Created or SessionPhase.Starting => _startup.Phase == StartupPhase.AwaitingReady
            ? FramingPhase.Authenticated
            : FramingPhase.Startup,
        SessionPhase.Ready or SessionPhase.Closed => FramingPhase.Session,
    };

    /// <summary>Whether a command may be written now.</summary>
    public bool AcceptsCommands => Phase == SessionPhase.Ready && Pipeline.AcceptsCommands;

    /// <summary>The transport is connected.</summary>
    public SessionEffects OnConnected()
    {
        Phase = SessionPhase.Starting;
        return Judge(_startup.OnConnected());
    }

    /// <summary>The StartupMessage was written.</summary>
    /// <param name="authentication">The machine that answers the server's challenges on this channel.</param>
    public void OnStartupSent(AuthenticationMachine authentication) => _startup.OnStartupSent(authentication);

    /// <summary>The byte that answers SSLRequest arrived.</summary>
    public SessionEffects OnEncryptionReply(byte reply) => Judge(_startup.OnEncryptionReply(reply));

    /// <summary>The TLS handshake succeeded.</summary>
    public SessionEffects OnSecured() => Judge(_startup.OnSecured());

    /// <summary>The TLS handshake failed.</summary>
    public SessionEffects OnTlsFailed(string reason) => Judge(_startup.OnTlsFailed(reason));

    /// <summary>The SCRAM keys are derived.</summary>
    public SessionEffects OnKeysDerived(ScramKeys keys) =>
        Phase == SessionPhase.Starting ? Judge(_startup.OnKeysDerived(keys)) : SessionEffects.None;

    /// <summary>One message arrived that is not a DataRow.</summary>
    public SessionEffects OnMessage(byte type, ReadOnlySpan<byte> body) => Phase switch
    {
        SessionPhase.Created => Judge(Misplaced((BackendMessageType)type)),
        SessionPhase.Starting => Judge(_startup.OnMessage((BackendMessageType)type, body)),
        SessionPhase.Ready => Judge(OnReadyMessage((BackendMessageType)type, body)),
        // What still arrives after the end was decided is nobody's.
        SessionPhase.Closed => SessionEffects.None,
    };

    /// <summary>A run of complete DataRows arrived.</summary>
    public SessionEffects OnRows() => Phase switch
    {
        SessionPhase.Ready => Judge(Pipeline.OnRows()),
        SessionPhase.Created or SessionPhase.Starting => Judge(Misplaced(BackendMessageType.DataRow)),
        SessionPhase.Closed => SessionEffects.None,
    };

    /// <summary>Bytes arrived that are no frame of the protocol.</summary>
    public SessionEffects OnViolation(string message) => Judge(Violation(message));

    /// <summary>The link ended or broke. Seals the fate of every command.</summary>
    /// <returns>Why the session is over.</returns>
    public SessionFailure OnTransportLost(string reason)
    {
        var starting = Phase == SessionPhase.Starting;
        Phase = SessionPhase.Closed;
        Pipeline.OnTransportLost();
        return starting
            ? (SessionFailure)_startup.OnTransportLost(reason).First.Detail!
            : new SessionFailure(SessionFailureKind.ConnectionLost, $"The connection was lost: {reason}");
    }

    private SessionEffects OnReadyMessage(BackendMessageType type, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case BackendMessageType.ParseComplete when body.IsEmpty:
                return Pipeline.OnParseComplete();
            case BackendMessageType.BindComplete when body.IsEmpty:
                return Pipeline.OnBindComplete();
            case BackendMessageType.CloseComplete when body.IsEmpty:
                return Pipeline.OnCloseComplete();
            case BackendMessageType.NoData when body.IsEmpty:
                return Pipeline.OnNoData();
            case BackendMessageType.EmptyQueryResponse when body.IsEmpty:
                return Pipeline.OnEmptyQuery();
            case BackendMessageType.PortalSuspended when body.IsEmpty:
                return Pipeline.OnPortalSuspended();
            case BackendMessageType.CopyDone when body.IsEmpty:
                return Pipeline.OnCopyDone();
            case BackendMessageType.CopyData:
                return Pipeline.OnCopyData();
            case BackendMessageType.CommandComplete when CommandComplete.TryRead(body, out var complete):
                return Pipeline.OnCommandComplete(complete.Tag);
            case BackendMessageType.ReadyForQuery when ReadyForQuery.TryRead(body, out var ready):
                return Pipeline.OnReadyForQuery(ready.Status);
            case BackendMessageType.RowDescription when RowDescription.TryRead(body, out var description):
                return Pipeline.OnRowDescription(description.ToLayout());
            case BackendMessageType.ParameterDescription when ParameterDescription.TryRead(body, out _):
                return Pipeline.OnParameterDescription();
            case BackendMessageType.ErrorResponse when ErrorResponse.TryRead(body, out var error):
                return Pipeline.OnError(error.Error);
            case BackendMessageType.CopyInResponse when CopyInResponse.TryRead(body, out _):
                return Pipeline.OnCopyIn();
            case BackendMessageType.CopyOutResponse when CopyOutResponse.TryRead(body, out _):
                return Pipeline.OnCopyOut();
            case BackendMessageType.NoticeResponse when NoticeResponse.TryRead(body, out var notice):
                return new SessionEffect(SessionEffectKind.ReportNotice, default, notice.Error);
            case BackendMessageType.NotificationResponse when NotificationResponse.TryRead(body, out var notification):
                return new SessionEffect(SessionEffectKind.ReportNotification, default, notification);
            case BackendMessageType.ParameterStatus when ParameterStatus.TryRead(body, out var status):
                return OnParameterStatus(status);
            default:
                return Misplaced(type);
        }
    }

    private SessionEffects OnParameterStatus(ParameterStatus status)
    {
        if (Parameters.With(status.Name, status.Value) is not { } changed)
            return Violation($"The server reported more than {SessionParameters.MaxCount} settings.");

        if (!changed.IsUtf8)
        {
            return Violation(
                $"client_encoding was changed to '{status.Value}'. PgActors reads and writes UTF8 only; leave client_encoding alone.");
        }

        Parameters = changed;
        return new SessionEffect(SessionEffectKind.ReportParameter, default, status);
    }

    // The children report; here it is decided.
    private SessionEffects Judge(SessionEffects effects)
    {
        if (Phase == SessionPhase.Closed)
            return SessionEffects.None;
        switch (effects.First.Kind)
        {
            case SessionEffectKind.Ready:
                Phase = SessionPhase.Ready;
                Parameters = _startup.TakeParameters();
                break;
            case SessionEffectKind.CloseTransport:
                Phase = SessionPhase.Closed;
                Pipeline.OnTransportLost();
                break;
        }

        return effects;
    }

    private SessionEffects Misplaced(BackendMessageType type) => Violation(
        $"The server sent a message that is malformed or has no place in phase '{Phase}': '{type}' (type byte 0x{(byte)type:X2}).");

    private static SessionEffects Violation(string message) => new SessionEffect(
        SessionEffectKind.CloseTransport, default, new SessionFailure(SessionFailureKind.ProtocolViolation, message));
}
