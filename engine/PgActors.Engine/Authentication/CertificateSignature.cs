using System.Security.Cryptography;

namespace PgActors.Authentication;

/// <summary>
/// Finds the hash function inside the signature algorithm of an X.509 certificate (RFC 5280 section 4.1; algorithm identifiers of RFC 4055,
/// RFC 5758 and RFC 3279). Object identifiers are compared in their encoded form.
/// </summary>
internal static class CertificateSignature
{
    /// <summary>The hash of the signature algorithm of <paramref name="certificate"/> (DER).</summary>
    /// <returns><see langword="false"/> if the algorithm has no hash of its own (Ed25519, Ed448, ML-DSA), is unknown, uses a hash that .NET
    /// lacks (SHA-224), or if the certificate is malformed.</returns>
    public static bool TryGetHash(ReadOnlySpan<byte> certificate, out HashAlgorithmName hash)
    {
        hash = default;
        var outer = new DerReader(certificate);
        if (!outer.TryRead(DerReader.Sequence, out var fields) || !outer.AtEnd)
            return false;

        // Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue }
        var reader = new DerReader(fields);
        return reader.TryRead(DerReader.Sequence, out _)
            && reader.TryRead(DerReader.Sequence, out var algorithm)
            && TryGetSignatureHash(algorithm, out hash);
    }

    private static bool TryGetSignatureHash(ReadOnlySpan<byte> algorithm, out HashAlgorithmName hash)
    {
        hash = default;
        var reader = new DerReader(algorithm);
        if (!reader.TryRead(DerReader.ObjectIdentifier, out var oid))
            return false;
        return oid.SequenceEqual(RsaPss) ? TryGetPssHash(ref reader, out hash) : TryMatchSignature(oid, out hash);
    }

    // RSASSA-PSS-params ::= SEQUENCE { hashAlgorithm [0] HashAlgorithm DEFAULT sha1, … } (RFC 4055 section 3.1)
    private static bool TryGetPssHash(ref DerReader reader, out HashAlgorithmName hash)
    {
        hash = default;
        if (!reader.TryRead(DerReader.Sequence, out var parameters))
            return false;

        var fields = new DerReader(parameters);
        if (fields.AtEnd)
        {
            hash = HashAlgorithmName.SHA1;
            return true;
        }

        if (!fields.TryRead(out var tag, out var field))
            return false;
        if (tag != DerReader.ContextConstructed0)
        {
            hash = HashAlgorithmName.SHA1;
            return true;
        }

        return new DerReader(field).TryRead(DerReader.Sequence, out var algorithm)
            && new DerReader(algorithm).TryRead(DerReader.ObjectIdentifier, out var oid)
            && TryMatchHash(oid, out hash);
    }

    private static bool TryMatchSignature(ReadOnlySpan<byte> oid, out HashAlgorithmName hash)
    {
        if (oid.SequenceEqual(RsaSha256) || oid.SequenceEqual(EcdsaSha256) || oid.SequenceEqual(DsaSha256))
            hash = HashAlgorithmName.SHA256;
        else if (oid.SequenceEqual(RsaSha384) || oid.SequenceEqual(EcdsaSha384))
            hash = HashAlgorithmName.SHA384;
        else if (oid.SequenceEqual(RsaSha512) || oid.SequenceEqual(EcdsaSha512))
            hash = HashAlgorithmName.SHA512;
        else if (oid.SequenceEqual(RsaSha1) || oid.SequenceEqual(EcdsaSha1) || oid.SequenceEqual(DsaSha1))
            hash = HashAlgorithmName.SHA1;
        else if (oid.SequenceEqual(RsaMd5))
            hash = HashAlgorithmName.MD5;
        else
        {
            hash = default;
            return false;
        }

        return true;
    }

    private static bool TryMatchHash(ReadOnlySpan<byte> oid, out HashAlgorithmName hash)
    {
        if (oid.SequenceEqual(Sha256))
            hash = HashAlgorithmName.SHA256;
        else if (oid.SequenceEqual(Sha384))
            hash = HashAlgorithmName.SHA384;
        else if (oid.SequenceEqual(Sha512))
            hash = HashAlgorithmName.SHA512;
        else if (oid.SequenceEqual(Sha1))
            hash = HashAlgorithmName.SHA1;
        else
        {
            hash = default;
            return false;
        }

        return true;
    }

    // 1.2.840.113549.1.1.{4, 5, 10, 11, 12, 13}
    private static ReadOnlySpan<byte> RsaMd5 => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x04];
    private static ReadOnlySpan<byte> RsaSha1 => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x05];
    private static ReadOnlySpan<byte> RsaPss => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0A];
    private static ReadOnlySpan<byte> RsaSha256 => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B];
    private static ReadOnlySpan<byte> RsaSha384 => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0C];
    private static ReadOnlySpan<byte> RsaSha512 => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0D];

    // 1.2.840.10045.4.1 and 1.2.840.10045.4.3.{2, 3, 4}
    private static ReadOnlySpan<byte> EcdsaSha1 => [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x01];
    private static ReadOnlySpan<byte> EcdsaSha256 => [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02];
    private static ReadOnlySpan<byte> EcdsaSha384 => [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x03];
    private static ReadOnlySpan<byte> EcdsaSha512 => [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x04];

    // 1.2.840.10040.4.3 and 2.16.840.1.101.3.4.3.2
    private static ReadOnlySpan<byte> DsaSha1 => [0x2A, 0x86, 0x48, 0xCE, 0x38, 0x04, 0x03];
    private static ReadOnlySpan<byte> DsaSha256 => [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, 0x02];

    // 1.3.14.3.2.26 and 2.16.840.1.101.3.4.2.{1, 2, 3}
    private static ReadOnlySpan<byte> Sha1 => [0x2B, 0x0E, 0x03, 0x02, 0x1A];
    private static ReadOnlySpan<byte> Sha256 => [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
    private static ReadOnlySpan<byte> Sha384 => [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02];
    private static ReadOnlySpan<byte> Sha512 => [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03];
}
