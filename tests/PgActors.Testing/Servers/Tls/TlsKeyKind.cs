namespace PgActors.Testing;

/// <summary>Kind of the keys in a test server's certificates.</summary>
public enum TlsKeyKind
{
    /// <summary>ECDSA on the curve P-256; made in a millisecond.</summary>
    Ecdsa,

    /// <summary>RSA with 2048 bits, PKCS #1 signatures.</summary>
    Rsa,
}
