using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PgActors.Testing;

/// <summary>Makes the authorities and certificates of a TLS server in a folder.</summary>
internal static class CertificateForge
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const int RsaBits = 2048;

    // RFC 5280, section 4.1.2.2: at most 20 bytes; 16 random ones never meet twice.
    private const int SerialBytes = 16;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode AllMayRead = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Makes everything the options ask for.</summary>
    /// <param name="options">What to make.</param>
    /// <param name="folder">Where; it is made.</param>
    /// <param name="own">Gives a file to the servers' user, told its path.</param>
    public static TlsFiles Forge(TlsOptions options, string folder, Action<string> own)
    {
        RunFolder.CreatePassable(folder);
        var today = TimeProvider.System.GetUtcNow().UtcDateTime.Date;
        using var authority = CreateAuthority(options, "CN=PgActors test authority", today);
        using var other = CreateAuthority(options, "CN=PgActors other authority", today);
        var issuer = options.ServerIdentity == TlsServerIdentity.OtherAuthority ? other : authority;
        using var server = CreateServer(options, issuer, today);

        var files = new TlsFiles(
            InFolder("authority.crt"),
            InFolder("other-authority.crt"),
            InFolder("server.crt"),
            InFolder("server.key"),
            options.ClientRoles.Distinct().Select((role, i) => (role, i)).ToDictionary(
                client => client.role,
                client => new TlsClientFiles(
                    InFolder($"client-{client.i}.crt"), InFolder($"client-{client.i}.key"), InFolder($"client-{client.i}.pfx"))));
        Write(files.AuthorityFile, authority.ExportCertificatePem(), AllMayRead);
        Write(files.OtherAuthorityFile, other.ExportCertificatePem(), AllMayRead);
        Write(files.ServerCertificateFile, server.ExportCertificatePem(), AllMayRead);
        Write(files.ServerKeyFile, ExportKey(server), OwnerOnly);
        own(files.ServerKeyFile);
        foreach (var (role, client) in files.Clients)
        {
            using var certificate = CreateClient(options, authority, role, today);
            Write(client.CertificateFile, certificate.ExportCertificatePem(), AllMayRead);
            Write(client.KeyFile, ExportKey(certificate), OwnerOnly);
            File.WriteAllBytes(client.PfxFile, certificate.Export(X509ContentType.Pkcs12, ""));
        }

        return files;

        string InFolder(string name) => Path.Combine(folder, name);
    }

    private static X509Certificate2 CreateAuthority(TlsOptions options, string name, DateTime today)
    {
        using var key = CreateKey(options.KeyKind);
        var request = Request(name, key, options);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        return request.CreateSelfSigned(today.AddDays(-30), today.AddDays(30));
    }

    private static X509Certificate2 CreateServer(TlsOptions options, X509Certificate2 authority, DateTime today)
    {
        using var key = CreateKey(options.KeyKind);
        var wrong = options.ServerIdentity == TlsServerIdentity.WrongHost;
        var request = EndRequest(wrong ? "CN=elsewhere.invalid" : "CN=localhost", key, options, ServerAuthentication);
        if (options.ServerIdentity != TlsServerIdentity.CommonNameOnly)
        {
            var names = new SubjectAlternativeNameBuilder();
            if (wrong)
            {
                names.AddDnsName("elsewhere.invalid");
            }
            else
            {
                names.AddDnsName("localhost");
                names.AddIpAddress(IPAddress.Loopback);
                names.AddIpAddress(IPAddress.IPv6Loopback);
            }

            request.CertificateExtensions.Add(names.Build());
        }

        var (from, until) = options.ServerIdentity switch
        {
            TlsServerIdentity.Expired => (today.AddDays(-20), today.AddDays(-1)),
            TlsServerIdentity.NotYetValid => (today.AddDays(2), today.AddDays(20)),
            TlsServerIdentity.Valid or TlsServerIdentity.WrongHost or TlsServerIdentity.OtherAuthority
                or TlsServerIdentity.CommonNameOnly =>
                (today.AddDays(-20), today.AddDays(20)),
        };
        return Sign(request, authority, key, from, until);
    }

    private static X509Certificate2 CreateClient(TlsOptions options, X509Certificate2 authority, string role, DateTime today)
    {
        using var key = CreateKey(options.KeyKind);
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(role);
        var request = EndRequest(name.Build().Name, key, options, ClientAuthentication);
        return Sign(request, authority, key, today.AddDays(-20), today.AddDays(20));
    }

    private static CertificateRequest EndRequest(string name, AsymmetricAlgorithm key, TlsOptions options, string purpose)
    {
        var request = Request(name, key, options);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        return request;
    }

    private static AsymmetricAlgorithm CreateKey(TlsKeyKind kind) => kind switch
    {
        TlsKeyKind.Ecdsa => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        TlsKeyKind.Rsa => RSA.Create(RsaBits),
    };

    private static CertificateRequest Request(string name, AsymmetricAlgorithm key, TlsOptions options) => key is RSA rsa
        ? new CertificateRequest(name, rsa, options.SignatureHash, RSASignaturePadding.Pkcs1)
        : new CertificateRequest(name, (ECDsa)key, options.SignatureHash);

    private static X509Certificate2 Sign(
        CertificateRequest request, X509Certificate2 authority, AsymmetricAlgorithm key, DateTime from, DateTime until)
    {
        using var bare = request.Create(authority, from, until, RandomNumberGenerator.GetBytes(SerialBytes));
        return key is RSA rsa ? bare.CopyWithPrivateKey(rsa) : bare.CopyWithPrivateKey((ECDsa)key);
    }

    private static string ExportKey(X509Certificate2 certificate)
    {
        using var key = (AsymmetricAlgorithm?)certificate.GetECDsaPrivateKey() ?? certificate.GetRSAPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static void Write(string path, string text, UnixFileMode mode)
    {
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
