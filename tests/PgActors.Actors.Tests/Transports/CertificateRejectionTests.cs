using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PgActors.Transports;

namespace PgActors.Actors.Tests.Transports;

public sealed class CertificateRejectionTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    private TlsSettings Pinned => new() { TargetHost = "localhost", RootCertificates = _authority.Roots };

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task Wrong_host_names_the_hosts_of_the_certificate()
    {
        var text = await RejectAsync(_authority.Server("cn", ["db1.example.com", "ip:10.0.0.1"]), Pinned);
        Assert.Contains(
            "its certificate is not for the host 'localhost' but for 'db1.example.com', '10.0.0.1'. Connect by one of the",
            text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hosts_beyond_a_few_are_counted()
    {
        var names = Enumerable.Range(1, 30).Select(i => $"h{i}.example.com").ToArray();
        var text = await RejectAsync(_authority.Server("cn", names), Pinned);
        Assert.Contains("'h8.example.com' and 22 more", text, StringComparison.Ordinal);
        Assert.DoesNotContain("h9", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expired_certificate_says_when()
    {
        var certificate = _authority.Server("localhost", ["localhost"], fromDay: -20, toDay: -10);
        var text = await RejectAsync(certificate, Pinned);
        var day = certificate.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains($"its certificate 'CN=localhost' expired on {day} ", text, StringComparison.Ordinal);
        Assert.Contains("Renew it on the server", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_of_the_future_says_from_when()
    {
        var text = await RejectAsync(_authority.Server("localhost", ["localhost"], fromDay: 10, toDay: 20), Pinned);
        Assert.Contains("is valid only from ", text, StringComparison.Ordinal);
        Assert.Contains("Check this machine's clock", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CertificateChecks.Ca)]
    [InlineData(CertificateChecks.Full)]
    public async Task Unknown_authority_is_named(CertificateChecks checks)
    {
        var text = await RejectAsync(
            _authority.Server("localhost", ["localhost"]), new TlsSettings { TargetHost = "localhost", Checks = checks });
        Assert.Contains(
            "its certificate 'CN=localhost' was issued by 'CN=Test Root', which is unknown to the system's root certificates. "
            + "Give the authority's certificate as sslrootcert",
            text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Self_signed_certificate_is_named()
    {
        var text = await RejectAsync(TestAuthority.SelfSigned("localhost", "localhost"), new TlsSettings { TargetHost = "localhost" });
        Assert.Contains(
            "'CN=localhost', which signed itself and is not among the system's root certificates", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pinned_root_of_another_authority_rejects()
    {
        using var other = new TestAuthority("Other Root");
        var text = await RejectAsync(
            _authority.Server("localhost", ["localhost"]), Pinned with { RootCertificates = other.Roots });
        Assert.Contains(
            "was issued by 'CN=Test Root', which is unknown to the given root certificates (sslrootcert; they replace the system's)", text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Pinned_root_replaces_every_root_of_the_system()
    {
        // A real public root: trusted by the system, and no longer once a root is pinned.
        using var store = new X509Store(StoreName.Root, StoreLocation.LocalMachine);
        store.Open(OpenFlags.ReadOnly);
        var now = TimeProvider.System.GetLocalNow().DateTime;
        using var publicRoot = store.Certificates.FirstOrDefault(certificate => certificate.NotBefore < now && now < certificate.NotAfter);
        Assert.SkipWhen(publicRoot is null, "This system has no root certificates.");
        Assert.True(IsTrusted(new TlsSettings { TargetHost = "h" }));
        Assert.True(IsTrusted(new TlsSettings { TargetHost = "h", RootCertificatePaths = [TlsSettings.SystemRoots] }));
        Assert.False(IsTrusted(Pinned));

        bool IsTrusted(TlsSettings settings)
        {
            using var chain = new X509Chain { ChainPolicy = TlsHandshake.ChainPolicy(settings) };
            return chain.Build(publicRoot);
        }
    }

    [Fact]
    public async Task Pinned_self_signed_certificate_is_accepted()
    {
        using var certificate = TestAuthority.SelfSigned("localhost", "localhost");
        await AcceptAsync(certificate, Pinned with { RootCertificates = [X509CertificateLoader.LoadCertificate(certificate.RawData)] });
    }

    [Fact]
    public async Task Root_from_a_file_is_accepted_and_read_anew_each_time()
    {
        using var other = new TestAuthority("Other Root");
        var path = Path.GetTempFileName();
        var settings = new TlsSettings { TargetHost = "localhost", RootCertificatePaths = [path] };
        var certificate = _authority.Server("localhost", ["localhost"]);
        await File.WriteAllTextAsync(path, other.Root.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await RejectAsync(certificate, settings);
        await File.AppendAllTextAsync(path, $"\n{_authority.Root.ExportCertificatePem()}\n", TestContext.Current.CancellationToken);
        await AcceptAsync(certificate, settings);
        File.Delete(path);
    }

    [Theory]
    [InlineData(null, "cannot be used: Could not find")]
    [InlineData("", "it holds no PEM certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "cannot be used: ")]
    public async Task Unusable_root_file_is_named(string? content, string expected)
    {
        var path = Path.GetTempFileName();
        if (content is null)
        {
            File.Delete(path);
        }
        else
        {
            await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        }

        await using var pair = await TlsPair.ConnectAsync(_authority.Server("localhost", ["localhost"]));
        var settings = new TlsSettings { TargetHost = "localhost", RootCertificatePaths = [path] };
        var failure = await Assert.ThrowsAsync<TransportException>(
            () => pair.Client.StartTlsAsync(settings, TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(TransportFailure.TlsSettingsInvalid, failure.Kind);
        Assert.StartsWith($"The root certificate '{path}' ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        File.Delete(path);
    }

    [Fact]
    public async Task Wrong_host_is_accepted_when_only_the_chain_is_checked()
    {
        var facts = await AcceptAsync(_authority.Server("cn", ["db1.example.com"]), Pinned with { Checks = CertificateChecks.Ca });
        Assert.Equal(CertificateChecks.Ca, facts.ChecksPassed);
        Assert.True(facts.ServerVerified);
    }

    [Fact]
    public async Task Anything_is_accepted_and_nothing_verified_when_nothing_is_checked()
    {
        var certificate = _authority.Server("cn", ["db1.example.com"], fromDay: -20, toDay: -10);
        var facts = await AcceptAsync(certificate, new TlsSettings { TargetHost = "localhost", Checks = CertificateChecks.None });
        Assert.Equal(certificate.RawData, facts.ServerCertificate);
        Assert.Equal(CertificateChecks.None, facts.ChecksPassed);
        Assert.False(facts.ServerVerified);
    }

    [Fact]
    public async Task Certificate_of_a_client_is_no_certificate_of_a_server()
    {
        var text = await RejectAsync(_authority.Client("localhost"), Pinned);
        Assert.Contains("'CN=localhost': ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_reach_the_message_without_control_characters()
    {
        var text = await RejectAsync(_authority.Server("evil\r\n\u001b[31mFATAL\u2028\u202e"), Pinned);
        Assert.Contains("'evil???[31mFATAL??'", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Malformed_alternative_names_are_a_rejection()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509Extension("2.5.29.17", [0x30, 0x7f, 0x82, 0x01], critical: false));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        X509Certificate2Collection roots = [X509CertificateLoader.LoadCertificate(certificate.RawData)];
        var text = await RejectAsync(certificate, Pinned with { RootCertificates = roots });
        Assert.StartsWith("The server at localhost (127.0.0.1) port ", text, StringComparison.Ordinal);
    }

    private static async Task<TransportFacts> AcceptAsync(X509Certificate2 certificate, TlsSettings settings)
    {
        await using var pair = await TlsPair.ConnectAsync(certificate);
        await pair.ShakeAsync(settings);
        return pair.Client.Facts;
    }

    private static async Task<string> RejectAsync(X509Certificate2 certificate, TlsSettings settings)
    {
        await using var pair = await TlsPair.ConnectAsync(certificate);
        var failure = await pair.FailToShakeAsync(settings);
        Assert.Equal(TransportFailure.CertificateRejected, failure.Kind);
        Assert.StartsWith(
            $"The server at {pair.Client.Facts.RemoteEndpoint} cannot be trusted: ", failure.Message, StringComparison.Ordinal);
        return failure.Message;
    }
}
