using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PgActors.Actors.Tests.Transports;

/// <summary>A certificate authority that lives as long as a test.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    private readonly List<X509Certificate2> _issued = [];

    public TestAuthority(string name = "Test Root")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        Root = request.CreateSelfSigned(Day(-3000), Day(3000));
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2Collection Roots => [X509CertificateLoader.LoadCertificate(Root.RawData)];

    public X509Certificate2 Server(string commonName, string[]? names = null, int fromDay = -1, int toDay = 30)
        => Issue(commonName, names ?? [], ServerAuthentication, fromDay, toDay);

    public X509Certificate2 Client(string commonName) => Issue(commonName, [], ClientAuthentication, -1, 30);

    public static X509Certificate2 SelfSigned(string commonName, params string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Request(commonName, names, ServerAuthentication, key).CreateSelfSigned(Day(-1), Day(30));
    }

    public void Dispose()
    {
        Root.Dispose();
        _issued.ForEach(certificate => certificate.Dispose());
    }

    private X509Certificate2 Issue(string commonName, string[] names, Oid usage, int fromDay, int toDay)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(commonName, names, usage, key);
        using var bare = request.Create(Root, Day(fromDay), Day(toDay), RandomNumberGenerator.GetBytes(8));
        var certificate = bare.CopyWithPrivateKey(key);
        _issued.Add(certificate);
        return certificate;
    }

    private static CertificateRequest Request(string commonName, string[] names, Oid usage, ECDsa key)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(commonName);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([usage], false));
        if (names.Length > 0)
        {
            var alternatives = new SubjectAlternativeNameBuilder();
            foreach (var name in names)
            {
                if (name.StartsWith("ip:", StringComparison.Ordinal))
                {
                    alternatives.AddIpAddress(IPAddress.Parse(name[3..]));
                }
                else
                {
                    alternatives.AddDnsName(name);
                }
            }

            request.CertificateExtensions.Add(alternatives.Build());
        }

        return request;
    }

    private static DateTimeOffset Day(int offset) => DateTimeOffset.UtcNow.AddDays(offset);
}
