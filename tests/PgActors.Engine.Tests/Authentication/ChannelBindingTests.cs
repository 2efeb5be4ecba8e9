using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PgActors.Authentication;

namespace PgActors.Engine.Tests.Authentication;

public sealed class ChannelBindingTests
{
    // A self-signed certificate for CN=ed with an Ed25519 key.
    private const string Ed25519Certificate =
        "MIIBMDCB46ADAgECAhRaqQRuqF1E4Bk9oPr610rjsmRjWjAFBgMrZXAwDTELMAkGA1UEAwwCZWQwIBcNMjYxMTIxMDMyNDI3WhgP" +
        "MjEyNjEwMjgwMzI0MjdaMA0xCzAJBgNVBAMMAmVkMCowBQYDK2VwAyEAxA2QUEyES29pRaYcV3kFpNhiDOoT2MCLA2XjpReVn1ej" +
        "UzBRMB0GA1UdDgQWBBTtmggQEE2n+F40+sVmIAniUlgKATAfBgNVHSMEGDAWgBTtmggQEE2n+F40+sVmIAniUlgKATAPBgNVHRMB" +
        "Af8EBTADAQH/MAUGAytlcANBAKQOWmBvizwfaOyHzTuZv0bU374wMhVRjukNFGSf+Wu5odYJ/oFwsolx/TnIlED8+UeD5DTjLcMq" +
        "9bsKZqFLNQM=";

    [Fact]
    public void Rsa_certificate_is_hashed_with_its_own_hash()
    {
        using var rsa = RSA.Create(2048);

        AssertHash(SHA256.HashData, RsaCertificate(rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        AssertHash(SHA384.HashData, RsaCertificate(rsa, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1));
        AssertHash(SHA512.HashData, RsaCertificate(rsa, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public void Rsa_pss_certificate_is_hashed_with_the_hash_of_its_parameters()
    {
        using var rsa = RSA.Create(2048);

        AssertHash(SHA256.HashData, RsaCertificate(rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pss));
        AssertHash(SHA384.HashData, RsaCertificate(rsa, HashAlgorithmName.SHA384, RSASignaturePadding.Pss));
        AssertHash(SHA512.HashData, RsaCertificate(rsa, HashAlgorithmName.SHA512, RSASignaturePadding.Pss));
    }

    [Fact]
    public void Ecdsa_certificate_is_hashed_with_its_own_hash()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        AssertHash(SHA256.HashData, EcdsaCertificate(key, HashAlgorithmName.SHA256));
        AssertHash(SHA384.HashData, EcdsaCertificate(key, HashAlgorithmName.SHA384));
        AssertHash(SHA512.HashData, EcdsaCertificate(key, HashAlgorithmName.SHA512));
    }

    // Algorithm identifiers: md5WithRSA, sha1WithRSA, ecdsa-with-SHA1, RSASSA-PSS with empty parameters and with a salt length only.
    [Theory]
    [InlineData("06092A864886F70D0101040500")]
    [InlineData("06092A864886F70D0101050500")]
    [InlineData("06072A8648CE3D0401")]
    [InlineData("06092A864886F70D01010A3000")]
    [InlineData("06092A864886F70D01010A3005A203020114")]
    public void Weak_hash_is_replaced_by_sha256(string algorithm) => AssertHash(SHA256.HashData, WithAlgorithm(algorithm));

    [Fact]
    public void Ed25519_has_nothing_to_bind_to()
        => Assert.False(ChannelBinding.TryHashServerEndPoint(Convert.FromBase64String(Ed25519Certificate), out _));

    // Ed448, sha224WithRSA, ML-DSA-65, RSASSA-PSS with SHA-224, with no parameters, and with a hash that is no OBJECT IDENTIFIER.
    [Theory]
    [InlineData("06032B6571")]
    [InlineData("06092A864886F70D01010E0500")]
    [InlineData("0609608648016503040312")]
    [InlineData("06092A864886F70D01010A300FA00D300B0609608648016503040204")]
    [InlineData("06092A864886F70D01010A")]
    [InlineData("06092A864886F70D01010A3006A00430020500")]
    [InlineData("0500")]
    [InlineData("")]
    public void Unknown_algorithm_has_nothing_to_bind_to(string algorithm)
    {
        Assert.False(ChannelBinding.TryHashServerEndPoint(WithAlgorithm(algorithm), out var hash));
        Assert.Null(hash);
    }

    [Fact]
    public void Certificate_cut_at_any_byte_is_refused()
    {
        using var rsa = RSA.Create(2048);
        var whole = RsaCertificate(rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        for (var length = 0; length < whole.Length; length++)
            Assert.False(ChannelBinding.TryHashServerEndPoint(whole.AsSpan(0, length), out _));
    }

    [Theory]
    [InlineData("3080")]
    [InlineData("30FF")]
    [InlineData("3084FFFFFFFF")]
    [InlineData("30847FFFFFFF")]
    [InlineData("308501000000")]
    [InlineData("3082FFFF3000")]
    [InlineData("3F0100")]
    [InlineData("3002300030")]
    [InlineData("3004308030003000")]
    public void Hostile_lengths_are_refused(string certificate)
        => Assert.False(ChannelBinding.TryHashServerEndPoint(Convert.FromHexString(certificate), out _));

    private static void AssertHash(Func<byte[], byte[]> expected, byte[] certificate)
    {
        Assert.True(ChannelBinding.TryHashServerEndPoint(certificate, out var hash));
        Assert.Equal(expected(certificate), hash);
    }

    private static byte[] RsaCertificate(RSA key, HashAlgorithmName hash, RSASignaturePadding padding)
        => SelfSign(new CertificateRequest("CN=db", key, hash, padding));

    private static byte[] EcdsaCertificate(ECDsa key, HashAlgorithmName hash) => SelfSign(new CertificateRequest("CN=db", key, hash));

    private static byte[] SelfSign(CertificateRequest request)
    {
        var notBefore = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var certificate = request.CreateSelfSigned(notBefore, notBefore.AddYears(1));
        return certificate.RawData;
    }

    /// <summary>The outline of a certificate: an empty body, an algorithm identifier and an empty signature.</summary>
    private static byte[] WithAlgorithm(string algorithm)
    {
        var identifier = Convert.FromHexString(algorithm);
        byte[] fields = [0x30, 0x00, 0x30, (byte)identifier.Length, .. identifier, 0x03, 0x01, 0x00];
        return [0x30, (byte)fields.Length, .. fields];
    }
}
