using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace PgActors.Transports;

/// <summary>Runs one TLS handshake as a client.</summary>
internal static class TlsHandshake
{
    // The protocol's registered name (IANA, "TLS Application-Layer Protocol Negotiation (ALPN) Protocol IDs").
    public const string ApplicationProtocol = "postgresql";

    /// <summary>Shakes hands over a connected socket, which stays the caller's.</summary>
    /// <returns>The encrypted stream, and the facts with what the handshake added.</returns>
    public static async Task<(SslStream Stream, TransportFacts Facts)> RunAsync(
        Socket socket, TlsSettings settings, TransportFacts facts, CancellationToken ct)
    {
        var check = new ServerCertificateCheck(settings);
        var options = Options(settings, check);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: false));
        try
        {
            await stream.AuthenticateAsClientAsync(options, ct).ConfigureAwait(false);
            return (stream, Extend(facts, settings, stream));
        }
        catch (Exception exception)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            if (check.Rejection is { } rejection)
            {
                throw new TransportException(
                    TransportFailure.CertificateRejected,
                    $"The server at {facts.RemoteEndpoint} cannot be trusted: {rejection}.",
                    exception);
            }

            // What the socket says is translated by its owner.
            if (exception is AuthenticationException
                || (exception is IOException && SocketFailures.Innermost(exception) is not SocketException))
            {
                throw Failed(facts, settings, exception);
            }

            throw;
        }
    }

    private static SslClientAuthenticationOptions Options(TlsSettings settings, ServerCertificateCheck check)
    {
        // An empty host sends no name. It also makes the framework report a name mismatch, which is not listened to: the check has its own.
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = settings.SendServerName ? settings.TargetHost : string.Empty,
            ApplicationProtocols = [new SslApplicationProtocol(ApplicationProtocol)],
            EnabledSslProtocols = Versions(settings),
            AllowRenegotiation = false,
            AllowTlsResume = false,
            RemoteCertificateValidationCallback = check.Accept,
            CertificateChainPolicy = ChainPolicy(settings),
        };
        if (CertificateFiles.Client(settings) is { } client)
        {
            options.ClientCertificateContext = client;
        }

        return options;
    }

    internal static X509ChainPolicy ChainPolicy(TlsSettings settings)
    {
        var policy = new X509ChainPolicy
        {
            RevocationMode = settings.CheckRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck,
            // An address to download from is the peer's word; nothing is fetched on it.
            DisableCertificateDownloads = true,
        };
        if (settings.Checks != CertificateChecks.None && settings.PinsRoots)
        {
            var roots = CertificateFiles.Roots(settings);
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(roots);
            policy.ExtraStore.AddRange(roots);
        }

        return policy;
    }

    private static SslProtocols Versions(TlsSettings settings)
    {
        var (oldest, newest) = (settings.MinVersion, settings.MaxVersion ?? TlsVersion.Tls13);
        if (oldest > newest)
        {
            throw new TransportException(
                TransportFailure.TlsSettingsInvalid, $"The oldest TLS version to accept ({oldest}) is newer than the newest ({newest}).");
        }

        return (oldest <= TlsVersion.Tls12 ? SslProtocols.Tls12 : SslProtocols.None)
            | (newest >= TlsVersion.Tls13 ? SslProtocols.Tls13 : SslProtocols.None);
    }

    private static TransportFacts Extend(TransportFacts facts, TlsSettings settings, SslStream stream)
    {
        var protocol = stream.NegotiatedApplicationProtocol;
        var selected = protocol.Protocol.IsEmpty ? null : protocol.ToString();
        if (settings.RequireAlpn && selected != ApplicationProtocol)
        {
            throw new TransportException(
                TransportFailure.AlpnMissing,
                $"The server at {facts.RemoteEndpoint} did not select the application protocol '{ApplicationProtocol}'. It is no "
                + "PostgreSQL server of version 17 or later; use sslnegotiation=postgres for an older one.");
        }

        return facts with
        {
            IsEncrypted = true,
            ServerCertificate = stream.RemoteCertificate?.GetRawCertData(),
            TlsVersion = stream.SslProtocol == SslProtocols.Tls13 ? TlsVersion.Tls13 : TlsVersion.Tls12,
            ApplicationProtocol = selected,
            ChecksPassed = settings.Checks,
            ServerVerified = settings.Checks == CertificateChecks.Full
                || (settings.Checks == CertificateChecks.Ca && settings.PinsRoots),
            ClientCertificateSent = stream.IsMutuallyAuthenticated,
        };
    }

    private static TransportException Failed(TransportFacts facts, TlsSettings settings, Exception exception)
    {
        var advice = settings.RequireAlpn
            ? "Direct TLS needs PostgreSQL 17 or later; use sslnegotiation=postgres for an older server."
            : $"Check that the server speaks {settings.MinVersion} or later, and the client certificate if it wants one.";
        return new TransportException(
            TransportFailure.TlsFailed,
            $"The TLS handshake with {facts.RemoteEndpoint} failed: {SocketFailures.Innermost(exception).Message.TrimEnd('.')}. {advice}",
            exception);
    }
}
