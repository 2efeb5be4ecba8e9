using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PgActors.Transports;

namespace PgActors.Actors.Tests.Transports;

public sealed class ClientCertificateTests : IDisposable
{
    private static readonly PbeParameters KeyEncryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);

    private readonly TestAuthority _authority = new();
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("pg");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TlsSettings Settings => new() { TargetHost = "localhost", RootCertificates = _authority.Roots };

    public void Dispose()
    {
        _authority.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Certificate_object_is_shown_when_the_server_asks()
    {
        using var certificate = _authority.Client("alice");
        var (subject, facts) = await ShakeAsync(Settings with { ClientCertificate = certificate });
        Assert.Equal("CN=alice", subject);
        Assert.True(facts.ClientCertificateSent);
    }

    [Fact]
    public async Task Certificate_is_kept_when_the_server_does_not_ask()
    {
        using var certificate = _authority.Client("alice");
        using var server = _authority.Server("localhost", ["localhost"]);
        await using var pair = await TlsPair.ConnectAsync(server);
        await pair.ShakeAsync(Settings with { ClientCertificate = certificate });
        Assert.False(pair.Client.Facts.ClientCertificateSent);
    }

    [Fact]
    public async Task No_certificate_is_told_apart()
    {
        var (subject, facts) = await ShakeAsync(Settings);
        Assert.Null(subject);
        Assert.False(facts.ClientCertificateSent);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, "tomato")]
    public async Task Certificate_and_key_come_from_files(bool inOneFile, string? password)
    {
        using var certificate = _authority.Client("alice");
        using var key = certificate.GetECDsaPrivateKey()!;
        var keyText = password is null
            ? key.ExportPkcs8PrivateKeyPem()
            : key.ExportEncryptedPkcs8PrivateKeyPem(password, KeyEncryption);
        var settings = Settings with
        {
            ClientCertificatePath = Write("a.crt", certificate.ExportCertificatePem() + (inOneFile ? $"\n{keyText}" : "")),
            ClientKeyPath = inOneFile ? null : Write("a.key", keyText),
            ClientKeyPassword = password,
        };
        var (subject, _) = await ShakeAsync(settings);
        Assert.Equal("CN=alice", subject);
    }

    [Fact]
    public async Task Wrong_key_password_names_the_file_and_not_the_password()
    {
        using var certificate = _authority.Client("alice");
        using var key = certificate.GetECDsaPrivateKey()!;
        var failure = await RefuseAsync(Settings with
        {
            ClientCertificatePath = Write("a.crt", certificate.ExportCertificatePem()),
            ClientKeyPath = Write("a.key", key.ExportEncryptedPkcs8PrivateKeyPem("tomato", KeyEncryption)),
            ClientKeyPassword = "potato",
        });
        Assert.Contains("a.key", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("potato", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite)]
    public async Task Exposed_key_file_is_refused(UnixFileMode mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are Unix'.");
        using var certificate = _authority.Client("alice");
        using var key = certificate.GetECDsaPrivateKey()!;
        var keyPath = Write("a.key", key.ExportPkcs8PrivateKeyPem());
        SetMode(keyPath, mode);
        var failure = await RefuseAsync(Settings with
        {
            ClientCertificatePath = Write("a.crt", certificate.ExportCertificatePem()),
            ClientKeyPath = keyPath,
        });
        Assert.Equal(
            $"The client key '{keyPath}' cannot be used: others may read or change it. Allow at most 0640 (chmod 0600).", failure.Message);
    }

    [Fact]
    public async Task Missing_files_are_named()
    {
        var missing = Path.Combine(_directory.FullName, "no.key");
        using var certificate = _authority.Client("alice");
        var failure = await RefuseAsync(Settings with
        {
            ClientCertificatePath = Write("a.crt", certificate.ExportCertificatePem()),
            ClientKeyPath = missing,
        });
        Assert.StartsWith($"The client key '{missing}' cannot be used: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_without_its_key_is_refused()
    {
        using var certificate = X509CertificateLoader.LoadCertificate(_authority.Client("alice").RawData);
        await RefuseAsync(Settings with { ClientCertificate = certificate });
    }

    private async Task<(string? Subject, TransportFacts Facts)> ShakeAsync(TlsSettings settings)
    {
        using var server = _authority.Server("localhost", ["localhost"]);
        await using var pair = await TlsPair.ConnectAsync(server, options =>
        {
            options.ClientCertificateRequired = true;
            options.RemoteCertificateValidationCallback =
                (_, certificate, _, _) => certificate is null || certificate.Issuer == _authority.Root.Subject;
        });
        await pair.ShakeAsync(settings);
        return (pair.Server.RemoteCertificate?.Subject, pair.Client.Facts);
    }

    private async Task<TransportException> RefuseAsync(TlsSettings settings)
    {
        using var server = _authority.Server("localhost", ["localhost"]);
        await using var pair = await TlsPair.ConnectAsync(server);
        var failure = await Assert.ThrowsAsync<TransportException>(() => pair.Client.StartTlsAsync(settings, Ct).AsTask());
        Assert.Equal(TransportFailure.TlsSettingsInvalid, failure.Kind);
        return failure;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_directory.FullName, name);
        File.WriteAllText(path, text);
        SetMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
