using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PgActors.Testing;

namespace PgActors.Integration.Tests.Servers;

public sealed class TlsServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TlsServerIdentity.Valid, SslPolicyErrors.None)]
    [InlineData(TlsServerIdentity.WrongHost, SslPolicyErrors.RemoteCertificateNameMismatch)]
    [InlineData(TlsServerIdentity.Expired, SslPolicyErrors.RemoteCertificateChainErrors)]
    [InlineData(TlsServerIdentity.NotYetValid, SslPolicyErrors.RemoteCertificateChainErrors)]
    [InlineData(TlsServerIdentity.OtherAuthority, SslPolicyErrors.RemoteCertificateChainErrors)]
    public async Task Server_certificate_has_exactly_the_fault_that_was_asked_for(TlsServerIdentity identity, SslPolicyErrors expected)
    {
        await using var server = await PostgresServer.StartAsync(
            new PostgresServerOptions { Tls = new TlsOptions { ServerIdentity = identity } }, Token);

        Assert.Equal(expected, await HandshakeAsync(server, "localhost"));
    }

    [Theory]
    [InlineData(TlsKeyKind.Ecdsa, 14)]
    [InlineData(TlsKeyKind.Rsa, 18)]
    public async Task Both_key_kinds_and_the_wanted_hash_are_served(TlsKeyKind kind, int major)
    {
        await using var server = await PostgresServer.StartAsync(
            new PostgresServerOptions
            {
                Major = major,
                Tls = new TlsOptions { KeyKind = kind, SignatureHash = HashAlgorithmName.SHA384 },
            },
            Token);

        using var certificate = X509CertificateLoader.LoadCertificateFromFile(server.Certificates!.ServerCertificateFile);
        Assert.Equal(kind == TlsKeyKind.Rsa ? "sha384RSA" : "sha384ECDSA", certificate.SignatureAlgorithm.FriendlyName);
        Assert.Equal(SslPolicyErrors.None, await HandshakeAsync(server, "127.0.0.1"));
    }

    [Fact]
    public async Task Client_certificate_logs_its_role_in_and_nobody_else()
    {
        await using var server = await PostgresServer.StartAsync(
            new PostgresServerOptions
            {
                Tls = new TlsOptions { ClientRoles = ["alice, the first"] },
                InitSql = ["CREATE ROLE \"alice, the first\" LOGIN", "CREATE ROLE bob LOGIN"],
                HbaLines = ["hostssl all all all cert"],
            },
            Token);
        var files = server.Certificates!.Clients["alice, the first"];

        // A certificate whose key came from PEM must be taken through PKCS #12 on some systems; that is what the third file is for.
        using var certificate = X509CertificateLoader.LoadPkcs12FromFile(files.PfxFile, "");
        Assert.Equal((byte)0, await AuthenticationAsync(server, "alice, the first", certificate));
        Assert.Null(await AuthenticationAsync(server, "bob", certificate));
        using var pem = X509Certificate2.CreateFromPemFile(files.CertificateFile, files.KeyFile);
        Assert.Equal(certificate.Thumbprint, pem.Thumbprint);
    }

    [Fact]
    public async Task Required_tls_refuses_plain_connections()
    {
        await using var server = await PostgresServer.StartAsync(
            new PostgresServerOptions { Tls = new TlsOptions { Required = true } }, Token);

        Assert.Equal('E', await RawClient.FirstAnswerAsync(server.Port, "postgres", Token));
        Assert.Equal(SslPolicyErrors.None, await HandshakeAsync(server, "localhost"));
    }

    private static async Task<SslPolicyErrors> HandshakeAsync(PostgresServer server, string host)
    {
        SslPolicyErrors? seen = null;
        using var authority = X509CertificateLoader.LoadCertificateFromFile(server.Certificates!.AuthorityFile);
        var options = Trusting(authority, host);
        options.RemoteCertificateValidationCallback = (_, _, _, errors) =>
        {
            seen = errors;
            return seen is not null;
        };
        using var client = new TcpClient();
        await using var tls = await RawClient.StartTlsAsync(client, server.Port, options, Token);
        Assert.Equal('R', await RawClient.FirstAnswerAsync(tls, "postgres", "postgres", Token));
        return seen!.Value;
    }

    /// <summary>The code of the authentication message (0: ok), or null when the server refuses.</summary>
    private static async Task<byte?> AuthenticationAsync(PostgresServer server, string user, X509Certificate2 certificate)
    {
        using var authority = X509CertificateLoader.LoadCertificateFromFile(server.Certificates!.AuthorityFile);
        var options = Trusting(authority, "localhost");
        options.ClientCertificates = [certificate];
        using var client = new TcpClient();
        await using var tls = await RawClient.StartTlsAsync(client, server.Port, options, Token);
        if (await RawClient.FirstAnswerAsync(tls, user, "postgres", Token) != 'R')
        {
            return null;
        }

        var rest = new byte[8];
        await tls.ReadExactlyAsync(rest, Token);
        return rest[7];
    }

    private static SslClientAuthenticationOptions Trusting(X509Certificate2 authority, string host) => new()
    {
        TargetHost = host,
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { authority },
            RevocationMode = X509RevocationMode.NoCheck,
        },
    };
}
