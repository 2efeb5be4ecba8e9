using PgActors.Authentication;
using PgActors.Framing;
using PgActors.Protocol;

namespace PgActors.Sessions;

/// <summary>
/// The start of a session: encryption, StartupMessage, version negotiation, authentication, settings, first ReadyForQuery. It reports; its
/// parent decides what becomes of the session.
/// </summary>
public sealed class StartupMachine
{
    private readonly StartupSettings _settings;
    private AuthenticationMachine? _authentication;
    private StartupBudget _budget;
    private bool _answered;
    private bool _negotiated;

    /// <summary>Makes the machine of one connection.</summary>
    public StartupMachine(StartupSettings settings)
    {
        _settings = settings;
        Version = settings.MaxVersion;
    }

    /// <summary>How far it is.</summary>
    public StartupPhase Phase { get; private set; }

    /// <summary>The protocol in force: what was asked for, or what the server negotiated it down to.</summary>
    public ProtocolVersion Version { get; private set; }

    /// <summary>The server process; 0 until, or unless, the server tells (some poolers do not).</summary>
    public int ProcessId { get; private set; }

    /// <summary>The key that a cancel needs; empty until, or unless, the server tells. A secret.</summary>
    public WireArray<byte> CancelKey { get; private set; }

    /// <summary>What the server reported of its settings.</summary>
    public SessionParameters Parameters { get; private set; } = SessionParameters.Empty;

    /// <summary>Takes what the server reported, when the start-up is over: what only that needed is held no longer than it.</summary>
    internal SessionParameters TakeParameters()
    {
        var taken = Parameters;
        Parameters = SessionParameters.Empty;
        _authentication = null;
        return taken;
    }

    /// <summary>The transport is connected.</summary>
    public SessionEffects OnConnected() => (_settings.IsUnixSocket ? EncryptionRequest.None : _settings.Encryption) switch
    {
        EncryptionRequest.None => SendStartup(),
        EncryptionRequest.Negotiate => Enter(StartupPhase.AwaitingEncryptionReply, SessionEffectKind.SendSslRequest),
        EncryptionRequest.Direct => Enter(StartupPhase.Securing, SessionEffectKind.StartTls),
    };

    /// <summary>The StartupMessage was written. What the channel proves is known by now.</summary>
    /// <param name="authentication">The machine that answers the server's challenges on this channel.</param>
    public void OnStartupSent(AuthenticationMachine authentication) => _authentication = authentication;

    /// <summary>The one byte that answers SSLRequest arrived.</summary>
    public SessionEffects OnEncryptionReply(byte reply)
    {
        if (Phase != StartupPhase.AwaitingEncryptionReply)
            return Fail(SessionFailureKind.ProtocolViolation, "The server answered an SSLRequest that was not sent.");
        return reply switch
        {
            (byte)'S' => Enter(StartupPhase.Securing, SessionEffectKind.StartTls),
            (byte)'N' when _settings.AcceptsClearText => SendStartup(),
            (byte)'N' => Fail(
                SessionFailureKind.EncryptionFailed,
                "The server does not encrypt connections, and sslmode asks for it. Switch 'ssl' on at the server, or lower sslmode."),
            // The text that follows is not authenticated: a man in the middle could have written it (CVE-2024-10977).
            (byte)'E' => Fail(
                SessionFailureKind.ServerRefused,
                "The server refused the connection before encryption began. Its message cannot be trusted and is not shown; "
                    + "see the server's log."),
            _ => Fail(
                SessionFailureKind.ProtocolViolation,
                $"What listens there is not a PostgreSQL server: it answered SSLRequest with byte 0x{reply:X2}. Check host and port."),
        };
    }

    /// <summary>The TLS handshake succeeded.</summary>
    public SessionEffects OnSecured() =>
        Phase == StartupPhase.Securing ? SendStartup() : Fail(SessionFailureKind.ProtocolViolation, "TLS began out of turn.");

    /// <summary>The TLS handshake failed.</summary>
    /// <param name="reason">Which check failed and what to do.</param>
    public SessionEffects OnTlsFailed(string reason) =>
        Fail(SessionFailureKind.EncryptionFailed, reason, null, _settings.AcceptsClearText ? StartupRetry.WithoutTls : StartupRetry.None);

    /// <summary>A message arrived before the session was ready.</summary>
    public SessionEffects OnMessage(BackendMessageType type, ReadOnlySpan<byte> body)
    {
        if (Phase is not (StartupPhase.Authenticating or StartupPhase.AwaitingReady))
            return Fail(SessionFailureKind.ProtocolViolation, "The server sent a message before the StartupMessage.");
        _answered = true;
        if (!_budget.TrySpend(body.Length + 5))
        {
            return Fail(
                SessionFailureKind.ProtocolViolation,
                $"The server sent over {MessageLimits.MaxStartupMessages:N0} messages or {MessageLimits.MaxStartupBytes:N0} bytes "
                    + "without getting ready.");
        }

        if (type == BackendMessageType.ErrorResponse)
            return OnError(body);
        if (type == BackendMessageType.NegotiateProtocolVersion)
            return OnNegotiateVersion(body);
        return Phase == StartupPhase.Authenticating ? OnAuthenticating(type, body) : OnAwaitingReady(type, body);
    }

    /// <summary>The SCRAM keys that <see cref="AuthenticationEffectKind.DeriveKeys"/> asked for are there.</summary>
    public SessionEffects OnKeysDerived(ScramKeys keys) => Translate(_authentication!.OnKeysDerived(keys));

    /// <summary>The link ended during start-up.</summary>
    public SessionEffects OnTransportLost(string reason) => Phase == StartupPhase.Authenticating && !_answered
        ? Fail(
            SessionFailureKind.ConnectionLost,
            $"The connection ended without an answer to the StartupMessage; is a PostgreSQL server listening there? {reason}",
            null,
            MayAskForOlder ? StartupRetry.OlderProtocol : StartupRetry.None)
        : Fail(SessionFailureKind.ConnectionLost, $"The connection ended during start-up: {reason}");

    private bool MayAskForOlder => !_negotiated && Version > ProtocolVersion.Version30 && _settings.MinVersion <= ProtocolVersion.Version30;

    private SessionEffects OnAuthenticating(BackendMessageType type, ReadOnlySpan<byte> body) => type switch
    {
        BackendMessageType.Authentication => OnAuthentication(body),
        BackendMessageType.NoticeResponse => OnNotice(body),
        _ => Unexpected(type),
    };

    private SessionEffects OnAwaitingReady(BackendMessageType type, ReadOnlySpan<byte> body) => type switch
    {
        BackendMessageType.ParameterStatus => OnParameterStatus(body),
        BackendMessageType.BackendKeyData => OnBackendKey(body),
        BackendMessageType.NoticeResponse => OnNotice(body),
        // PostgreSQL does not send one before the first ReadyForQuery; poolers may.
        BackendMessageType.NotificationResponse => NotificationResponse.TryRead(body, out _) ? SessionEffects.None : Malformed(type),
        BackendMessageType.ReadyForQuery => OnReady(body),
        _ => Unexpected(type),
    };

    private SessionEffects OnAuthentication(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        return reader.TryReadInt32(out var code) && TryRoute((AuthenticationCode)code, body, out var effect)
            ? Translate(effect)
            : Malformed(BackendMessageType.Authentication);
    }

    private bool TryRoute(AuthenticationCode code, ReadOnlySpan<byte> body, out AuthenticationEffect effect)
    {
        var machine = _authentication!;
        effect = default;
        switch (code)
        {
            case AuthenticationCode.Ok when AuthenticationOk.TryRead(body, out _):
                effect = machine.OnOk();
                return true;
            case AuthenticationCode.CleartextPassword when AuthenticationCleartextPassword.TryRead(body, out _):
                effect = machine.OnCleartextPassword();
                return true;
            case AuthenticationCode.Md5Password when AuthenticationMd5Password.TryRead(body, out var md5):
                effect = machine.OnMd5Password(md5.Salt.Span);
                return true;
            case AuthenticationCode.Sasl when AuthenticationSasl.TryRead(body, out var sasl):
                effect = machine.OnSasl(sasl.Mechanisms.ToArray());
                return true;
            case AuthenticationCode.SaslContinue when AuthenticationSaslContinue.TryRead(body, out var challenge):
                effect = machine.OnSaslContinue(challenge.Challenge.Span);
                return true;
            case AuthenticationCode.SaslFinal when AuthenticationSaslFinal.TryRead(body, out var final):
                effect = machine.OnSaslFinal(final.Outcome.Span);
                return true;
            case AuthenticationCode.Gss when AuthenticationGss.TryRead(body, out _):
                effect = machine.OnGss();
                return true;
            case AuthenticationCode.GssContinue:
                effect = machine.OnGssContinue();
                return true;
            case AuthenticationCode.Sspi when AuthenticationSspi.TryRead(body, out _):
                effect = machine.OnSspi();
                return true;
            case AuthenticationCode.KerberosV4 or AuthenticationCode.KerberosV5 or AuthenticationCode.CryptPassword
                or AuthenticationCode.ScmCredential:
            case var unknown when !Enum.IsDefined(unknown):
                effect = machine.OnUnsupported((int)code);
                return true;
            default:
                return false;
        }
    }

    private SessionEffects Translate(AuthenticationEffect effect) => effect.Kind switch
    {
        AuthenticationEffectKind.None => SessionEffects.None,
        AuthenticationEffectKind.SendPassword or AuthenticationEffectKind.SendSaslInitialResponse
            or AuthenticationEffectKind.DeriveKeys or AuthenticationEffectKind.SendSaslResponse
            => new SessionEffect(SessionEffectKind.Authenticate, default, effect),
        AuthenticationEffectKind.Succeeded => Authenticated(),
        AuthenticationEffectKind.Refused => Fail(SessionFailureKind.PolicyRefused, effect.Message),
        AuthenticationEffectKind.Violation => Fail(SessionFailureKind.ProtocolViolation, effect.Message),
    };

    private SessionEffects Authenticated()
    {
        Phase = StartupPhase.AwaitingReady;
        return SessionEffects.None;
    }

    private SessionEffects OnNegotiateVersion(ReadOnlySpan<byte> body)
    {
        if (!NegotiateProtocolVersion.TryRead(body, out var negotiate))
            return Malformed(BackendMessageType.NegotiateProtocolVersion);
        var offered = negotiate.Version;
        if (_negotiated)
            return Fail(SessionFailureKind.ProtocolViolation, "The server negotiated the protocol twice.");
        _negotiated = true;

        // 3.1 was never a version.
        if (offered > Version || offered < ProtocolVersion.Version30 || offered.Minor == 1)
        {
            return Fail(
                SessionFailureKind.ProtocolViolation,
                $"The server negotiated protocol {offered} in answer to {Version}, which no server may do.");
        }

        foreach (var option in negotiate.UnsupportedOptions)
        {
            if (!IsRequestedOption(option))
                return Fail(SessionFailureKind.ProtocolViolation, "The server turned down a protocol option that was not asked for.");
        }

        if (offered < _settings.MinVersion)
        {
            return Fail(
                SessionFailureKind.PolicyRefused,
                $"The server speaks protocol {offered} at most, and min_protocol_version asks for {_settings.MinVersion}.");
        }

        if (offered == Version && negotiate.UnsupportedOptions.IsEmpty)
            return Fail(SessionFailureKind.ProtocolViolation, "The server negotiated the protocol without changing anything.");

        Version = offered;
        return SessionEffects.None;
    }

    private bool IsRequestedOption(string option)
    {
        foreach (var parameter in _settings.Parameters)
        {
            if (parameter.Name == option && option.StartsWith("_pq_.", StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private SessionEffects OnParameterStatus(ReadOnlySpan<byte> body)
    {
        if (!ParameterStatus.TryRead(body, out var status))
            return Malformed(BackendMessageType.ParameterStatus);
        if (Parameters.With(status.Name, status.Value) is not { } changed)
            return Fail(SessionFailureKind.ProtocolViolation, $"The server reported more than {SessionParameters.MaxCount} settings.");
        Parameters = changed;
        return SessionEffects.None;
    }

    private SessionEffects OnBackendKey(ReadOnlySpan<byte> body)
    {
        if (!BackendKeyData.TryRead(body, out var key) || (Version < ProtocolVersion.Version32 && key.SecretKey.Length != 4))
            return Malformed(BackendMessageType.BackendKeyData);
        if (!CancelKey.IsEmpty)
            return Unexpected(BackendMessageType.BackendKeyData);
        ProcessId = key.ProcessId;
        CancelKey = key.SecretKey;
        return SessionEffects.None;
    }

    private SessionEffects OnNotice(ReadOnlySpan<byte> body) => NoticeResponse.TryRead(body, out var notice)
        ? new SessionEffect(SessionEffectKind.ReportNotice, default, notice.Error)
        : Malformed(BackendMessageType.NoticeResponse);

    private SessionEffects OnReady(ReadOnlySpan<byte> body)
    {
        if (!ReadyForQuery.TryRead(body, out var ready))
            return Malformed(BackendMessageType.ReadyForQuery);
        if (ready.Status != TransactionStatus.Idle)
            return Fail(SessionFailureKind.ProtocolViolation, "The server began the session inside a transaction.");
        if (!Parameters.IsUtf8)
        {
            return Fail(
                SessionFailureKind.ProtocolViolation,
                "The server did not accept client_encoding=UTF8, the only one that PgActors reads and writes.");
        }

        return Enter(StartupPhase.Completed, SessionEffectKind.Ready);
    }

    private SessionEffects OnError(ReadOnlySpan<byte> body)
    {
        if (!ErrorResponse.TryRead(body, out var response))
            return Malformed(BackendMessageType.ErrorResponse);
        var error = response.Error;
        var retry = StartupRetry.None;
        if (Phase == StartupPhase.Authenticating)
        {
            if (error.SqlState is SqlStates.FeatureNotSupported or SqlStates.ProtocolViolation && MayAskForOlder)
                retry = StartupRetry.OlderProtocol;
            else if (_settings.MayRetryWithTls && error.SqlState != SqlStates.CannotConnectNow)
                retry = StartupRetry.WithTls;
        }

        return Fail(SessionFailureKind.ServerRefused, Describe(error), error, retry);
    }

    private static string Describe(PgError error) => error.Message is not { } message
        ? "The server refused the connection without saying why."
        : error.SqlState switch
        {
            SqlStates.InvalidPassword => $"{message}. Check user and password.",
            SqlStates.InvalidCatalogName => $"{message}. Check the database's name, or create it.",
            SqlStates.TooManyConnections => $"{message}. The server's max_connections is reached.",
            SqlStates.CannotConnectNow => $"{message}. The server is starting, stopping or recovering; try again.",
            _ => message,
        };

    private SessionEffects SendStartup()
    {
        Phase = StartupPhase.Authenticating;
        return new SessionEffect(SessionEffectKind.SendStartup, default, new StartupMessage(Version, _settings.Parameters));
    }

    private SessionEffects Enter(StartupPhase phase, SessionEffectKind order)
    {
        Phase = phase;
        return new SessionEffect(order);
    }

    private SessionEffects Unexpected(BackendMessageType type) => Fail(
        SessionFailureKind.ProtocolViolation, $"The server sent {type} during start-up, phase '{Phase}', where it cannot be.");

    private SessionEffects Malformed(BackendMessageType type) =>
        Fail(SessionFailureKind.ProtocolViolation, $"The server sent a malformed {type} during start-up.");

    private SessionEffects Fail(
        SessionFailureKind kind, string message, PgError? error = null, StartupRetry retry = StartupRetry.None)
    {
        Phase = StartupPhase.Failed;
        return new SessionEffect(SessionEffectKind.CloseTransport, default, new SessionFailure(kind, message, error, retry));
    }
}
