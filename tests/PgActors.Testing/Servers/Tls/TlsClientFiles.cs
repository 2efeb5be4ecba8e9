namespace PgActors.Testing;

/// <summary>A client certificate, in the forms that clients want.</summary>
/// <param name="CertificateFile">Path of the certificate, PEM.</param>
/// <param name="KeyFile">Path of its private key, PEM (PKCS #8, not encrypted), readable by this process's user only.</param>
/// <param name="PfxFile">Path of both in one PKCS #12 file with an empty password.</param>
public sealed record TlsClientFiles(string CertificateFile, string KeyFile, string PfxFile);
