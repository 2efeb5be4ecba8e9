using System.Security.Cryptography;
using PgActors.Authentication;
using PgActors.Protocol;
using PgActors.Transports;

namespace PgActors.Sessions;

/// <summary>The asynchronous half of start-up: it connects, shakes hands and derives keys, and posts what came of it.</summary>
internal sealed class SessionStarter : IDisposable
{
    private const string Connecting = "looking up and connecting";

    private readonly ISessionHost _host;
    private readonly int _incarnation;

    // Invariant: changed before Connected is posted, and only read behind that.
    private SessionProfile _profile;
    private bool _isAsking;
    private readonly CancellationTokenSource _stop = new();

    public SessionStarter(ISessionHost host, SessionProfile profile, int incarnation)
    {
        _host = host;
        _profile = profile;
        _incarnation = incarnation;
    }

    /// <summary>Whether the handshake runs: a failure now is TLS's.</summary>
    public bool IsSecuring { get; private set; }

    /// <summary>Whether the session's bytes are encrypted.</summary>
    public bool IsEncrypted { get; private set; }

    /// <summary>Whether somebody else than the session's own loop is reading.</summary>
    public bool ReadsAlone { get; private set; } = true;

    /// <summary>How far start-up got, for the message when its time is up.</summary>
    public string Progress { get; private set; } = Connecting;

    public void Connect() => Observe(ConnectAsync());

    public SessionLink OnConnected(object transport)
    {
        Progress = "connected";
        return new SessionLink((ITransport)transport, _host, _incarnation);
    }

    /// <summary>The machine that answers the server's challenges on the channel as it is now.</summary>
    public AuthenticationMachine Authenticate(SessionLink link)
    {
        var facts = link.Facts;
        byte[]? binding = null;
        if (facts.ServerCertificate is { } certificate)
            ChannelBinding.TryHashServerEndPoint(certificate, out binding);
        return new AuthenticationMachine(
            _profile.Credentials,
            _profile.AuthenticationPolicy,
            new AuthenticationChannel(facts.IsEncrypted, facts.IsUnixSocket, binding, facts.ServerVerified),
            _profile.ScramNonce());
    }

    public void OnSecured(SessionLink link)
    {
        IsSecuring = false;
        IsEncrypted = link.Facts.IsEncrypted;
        Progress = "encrypted";
    }

    /// <summary>Carries out an order of start-up.</summary>
    public void Carry(in SessionEffect effect, SessionLink link)
    {
        switch (effect.Kind)
        {
            case SessionEffectKind.SendSslRequest:
                Progress = "waiting for the answer to SSLRequest";
                default(SslRequest).Write(link.Output.Writer);
                Observe(ReadEncryptionReplyAsync(link));
                break;
            case SessionEffectKind.StartTls:
                Progress = "shaking hands (TLS)";
                IsSecuring = true;
                Observe(SecureAsync(link));
                break;
            case SessionEffectKind.SendStartup:
                Progress = "waiting for the answer to the StartupMessage";
                ReadsAlone = false;
                WithUser((StartupMessage)effect.Detail!).Write(link.Output.Writer);
                break;
            case SessionEffectKind.Authenticate:
                Progress = "authenticating";
                Authenticate((AuthenticationEffect)effect.Detail!, link);
                break;
        }
    }

    /// <summary>A connection that came after its session had given up.</summary>
    public static void OnLateConnection(object transport)
    {
        var late = (ITransport)transport;
        late.Abort();
        _ = DisposeAsync(late);
    }

    /// <summary>Says what kept the session from connecting.</summary>
    public SessionFailure Explain(Exception exception) => exception switch
    {
        _ when _isAsking => new SessionFailure(
            SessionFailureKind.Unreachable, $"No credentials for {_profile.Server} could be had: {exception.Message}"),
        TransportException transport => new SessionFailure(SessionFailureKind.Unreachable, transport.Message),
        _ => new SessionFailure(SessionFailureKind.Unreachable, $"Could not connect to {_profile.Server}: {exception.Message}"),
    };

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private void Authenticate(in AuthenticationEffect effect, SessionLink link)
    {
        var writer = link.Output.Writer;
        switch (effect.Kind)
        {
            case AuthenticationEffectKind.SendPassword:
                writer.BeginMessage((byte)FrontendMessageType.AuthenticationResponse);
                writer.WriteCString(effect.Payload);
                writer.EndMessage();
                CryptographicOperations.ZeroMemory(effect.Payload);
                break;
            case AuthenticationEffectKind.SendSaslInitialResponse:
                new SaslInitialResponse(effect.Mechanism.ToWireName(), WireArray.Adopt(effect.Payload)).Write(writer);
                break;
            case AuthenticationEffectKind.SendSaslResponse:
                new SaslResponse(WireArray.Adopt(effect.Payload)).Write(writer);
                break;
            case AuthenticationEffectKind.DeriveKeys:
                if (_profile.ScramKeys.Find(_profile.Credentials, effect.Payload, effect.Iterations) is { } known)
                    OnKeysDerived(known);
                else
                    _host.Runtime.Dispatcher.Schedule(
                        new ScramKeyDerivation(_profile, effect.Payload, effect.Iterations, OnKeysDerived, _stop.Token));
                break;
            case AuthenticationEffectKind.None:
            case AuthenticationEffectKind.Succeeded:
            case AuthenticationEffectKind.Refused:
            case AuthenticationEffectKind.Violation:
                break;
        }
    }

    private StartupMessage WithUser(StartupMessage message)
    {
        if (_profile.CredentialSource is null)
            return message;
        var parameters = message.Parameters.Span.ToArray();
        var user = Array.FindIndex(parameters, parameter => parameter.Name == "user");
        parameters[user] = new StartupParameter("user", _profile.Credentials.User);
        return message with { Parameters = WireArray.Adopt(parameters) };
    }

    private void OnKeysDerived(ScramKeys keys) => _host.Post(new SessionSignal(SessionSignalKind.KeysDerived, _incarnation, keys));

    private async Task ConnectAsync()
    {
        if (_profile.CredentialSource is { } source)
        {
            (_isAsking, Progress) = (true, "asking for the credentials");
            var (user, password) = await source.GetAsync(_stop.Token).ConfigureAwait(false);
            _profile = _profile with { Credentials = new AuthenticationCredentials(user, password?.Reveal()) };
            (_isAsking, Progress) = (false, Connecting);
        }

        var transport = await _profile.Connector.ConnectAsync(_profile.Endpoint, _stop.Token).ConfigureAwait(false);
        _host.Post(new SessionSignal(SessionSignalKind.Connected, _incarnation, transport));
    }

    private async Task ReadEncryptionReplyAsync(SessionLink link)
    {
        var reply = await link.ReadEncryptionReplyAsync(_stop.Token).ConfigureAwait(false);
        _host.Post(new SessionSignal(SessionSignalKind.EncryptionReply, _incarnation, null, reply));
    }

    private async Task SecureAsync(SessionLink link)
    {
        await link.StartTlsAsync(_profile.Tls, _stop.Token).ConfigureAwait(false);
        _host.Post(new SessionSignal(SessionSignalKind.Secured, _incarnation));
    }

    private static async Task DisposeAsync(ITransport late) => await late.DisposeAsync().ConfigureAwait(false);

    // Nothing here is fire-and-forget: whatever goes wrong becomes a signal.
    private async void Observe(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Every failure of connecting is the session's to explain, whatever its type.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _host.Post(new SessionSignal(SessionSignalKind.StartupFailed, _incarnation, exception));
        }
    }
}
