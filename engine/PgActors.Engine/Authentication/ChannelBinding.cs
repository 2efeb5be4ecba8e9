using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace PgActors.Authentication;

/// <summary>The channel binding data of type <c>tls-server-end-point</c> (RFC 5929 section 4). Pure and thread-safe.</summary>
public static class ChannelBinding
{
    /// <summary>The type's name, the only one PostgreSQL knows.</summary>
    public const string TypeName = "tls-server-end-point";

    /// <summary>Hashes the server's certificate with the hash of its own signature algorithm; MD5 and SHA-1 are replaced by SHA-256
    /// (RFC 5929 section 4.1).</summary>
    /// <param name="certificate">The leaf certificate that the server presented, in DER.</param>
    /// <param name="hash">32, 48 or 64 bytes; <see langword="null"/> when there is nothing to bind to.</param>
    /// <returns><see langword="false"/> if no binding is possible: the signature has no hash of its own (Ed25519, Ed448), its algorithm
    /// is unknown here, or the certificate is malformed.</returns>
    public static bool TryHashServerEndPoint(ReadOnlySpan<byte> certificate, [NotNullWhen(true)] out byte[]? hash)
    {
        hash = null;
        if (!CertificateSignature.TryGetHash(certificate, out var algorithm))
            return false;

        if (algorithm == HashAlgorithmName.SHA384)
            hash = SHA384.HashData(certificate);
        else if (algorithm == HashAlgorithmName.SHA512)
            hash = SHA512.HashData(certificate);
        else
            hash = SHA256.HashData(certificate);
        return true;
    }
}
