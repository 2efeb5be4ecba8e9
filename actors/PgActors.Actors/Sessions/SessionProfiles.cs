using System.Net;
using PgActors.Authentication;
using PgActors.Framing;
using PgActors.Protocol;
using PgActors.Transports;

namespace PgActors.Sessions;

/// <summary>Makes what a session needs out of what the user said.</summary>
public static class SessionProfiles
{
    // libpq waits for ever by default; a caller is better served by an error that says how far the connection got.
    private static readonly TimeSpan DefaultConnectTimeout = TimeSpan.FromSeconds(15);

    /// <summary>The profile for one of the options' hosts.</summary>
    /// <param name="options">The options.</param>
    /// <param name="host">The host.</param>
    /// <param name="connector">Makes transports.</param>
    /// <exception cref="PgOptionsException">The options are not valid.</exception>
    public static SessionProfile For(PgConnectionOptions options, PgHost host, ITransportConnector connector)
    {
        var startup = new StartupSettings
        {
            IsUnixSocket = host.IsUnixSocket,
            Encryption = EncryptionFor(options, host),
            AcceptsClearText = options.SslMode is TlsMode.Prefer or TlsMode.Allow,
            MayRetryWithTls = options.SslMode == TlsMode.Allow && !host.IsUnixSocket,
            MinVersion = options.MinProtocolVersion,
            MaxVersion = options.MaxProtocolVersion,
            Parameters = WireArray.Adopt(options.StartupParameters().Select(pair => new StartupParameter(pair.Key, pair.Value)).ToArray()),
        };
        return new SessionProfile
        {
            Connector = connector,
            Endpoint = host.SocketPath is { } path
                ? TransportEndpoint.Unix(path)
                : TransportEndpoint.Tcp(host.Host.Length > 0 ? host.Host : host.HostAddress!, host.Port, AddressOf(host)),
            Server = host.ToString(),
            Tls = TlsFor(options, host),
            Startup = startup,
            Credentials = new AuthenticationCredentials(options.User, options.PasswordFor(host)?.Reveal()),
            AuthenticationPolicy = PolicyFor(options),
            Limits = MessageLimits.Default.With(
                FramingPhase.Session,
                BackendMessageType.DataRow,
                Math.Min(options.MaxMessageBytes, MessageLimits.MaxLength)),
            ConnectTimeout = options.ConnectTimeout ?? DefaultConnectTimeout,
            CancelTimeout = options.CancellationTimeout,
            CommandTimeout = options.CommandTimeout,
            StatementCacheSize = options.StatementCacheSize,
            StatementCacheBytes = options.StatementCacheBytes,
            DescribesAlways = options.AlwaysDescribe,
        };
    }

    /// <summary>How sockets are set for the options.</summary>
    public static TransportSettings TransportFor(PgConnectionOptions options)
    {
        var defaults = new TransportSettings();
        return defaults with
        {
            KeepAlive = options.KeepAlive,
            KeepAliveIdle = options.KeepAliveIdle ?? defaults.KeepAliveIdle,
            KeepAliveInterval = options.KeepAliveInterval ?? defaults.KeepAliveInterval,
            KeepAliveCount = options.KeepAliveCount ?? defaults.KeepAliveCount,
            TcpUserTimeout = options.TcpUserTimeout ?? defaults.TcpUserTimeout,
            SendBufferBytes = options.SocketBufferBytes,
            ReceiveBufferBytes = options.SocketBufferBytes,
        };
    }

    private static EncryptionRequest EncryptionFor(PgConnectionOptions options, PgHost host)
    {
        if (host.IsUnixSocket || options.SslMode is TlsMode.Disable or TlsMode.Allow)
            return EncryptionRequest.None;
        return options.SslNegotiation == TlsNegotiation.Direct ? EncryptionRequest.Direct : EncryptionRequest.Negotiate;
    }

    private static TlsSettings TlsFor(PgConnectionOptions options, PgHost host) => new()
    {
        TargetHost = host.Host.Length > 0 ? host.Host : host.HostAddress ?? "",
        Checks = options.SslMode switch
        {
            TlsMode.Disable or TlsMode.Allow or TlsMode.Prefer => CertificateChecks.None,
            // As libpq does: with a root at hand, 'require' checks the chain too.
            TlsMode.Require => options.SslRootCert is null ? CertificateChecks.None : CertificateChecks.Ca,
            TlsMode.VerifyCa => CertificateChecks.Ca,
            TlsMode.VerifyFull => CertificateChecks.Full,
        },
        SendServerName = options.SslSni,
        RootCertificatePaths = options.SslRootCert is { } root ? [root] : [],
        ClientCertificatePath = options.SslCert,
        ClientKeyPath = options.SslKey,
        ClientKeyPassword = options.SslPassword?.Reveal(),
        MinVersion = options.SslMinProtocolVersion,
        MaxVersion = options.SslMaxProtocolVersion,
        RequireAlpn = options.SslNegotiation == TlsNegotiation.Direct,
    };

    private static AuthenticationPolicy PolicyFor(PgConnectionOptions options)
    {
        var binding = options.ChannelBinding switch
        {
            ChannelBindingMode.Disable => ChannelBindingPolicy.Disable,
            ChannelBindingMode.Prefer => ChannelBindingPolicy.Prefer,
            ChannelBindingMode.Require => ChannelBindingPolicy.Require,
        };
        return AuthenticationPolicy.TryParse(string.Join(',', options.RequireAuth), binding, out var policy, out var error)
            ? policy
            : throw new ArgumentException(error, nameof(options));
    }

    private static IPAddress? AddressOf(PgHost host) =>
        host.HostAddress is { } text && IPAddress.TryParse(text, out var address) ? address : null;
}
