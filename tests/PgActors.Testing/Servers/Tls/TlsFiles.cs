namespace PgActors.Testing;

/// <summary>Where the certificates of a TLS server are.</summary>
/// <param name="AuthorityFile">The certificate a client should trust, PEM: what <c>sslrootcert</c> takes.</param>
/// <param name="OtherAuthorityFile">The certificate of an authority that signed nothing here (save under OtherAuthority), PEM.</param>
/// <param name="ServerCertificateFile">The server's certificate, PEM.</param>
/// <param name="ServerKeyFile">The server's private key, PEM.</param>
/// <param name="Clients">The client certificates by role.</param>
public sealed record TlsFiles(
    string AuthorityFile,
    string OtherAuthorityFile,
    string ServerCertificateFile,
    string ServerKeyFile,
    IReadOnlyDictionary<string, TlsClientFiles> Clients);
