using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PgActors.Transports;

/// <summary>Reads the certificates and keys that a <see cref="TlsSettings"/> names. Whatever is wrong with them is a
/// <see cref="TransportFailure.TlsSettingsInvalid"/> that names the file.</summary>
internal static class CertificateFiles
{
    private const UnixFileMode ForbiddenForKeys = UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>The pinned roots; empty when the system's are wanted.</summary>
    public static X509Certificate2Collection Roots(TlsSettings settings)
    {
        var roots = new X509Certificate2Collection();
        if (settings.RootCertificates is { } given)
        {
            roots.AddRange(given);
        }

        foreach (var path in settings.RootCertificatePaths.Where(path => path != TlsSettings.SystemRoots))
        {
            var before = roots.Count;
            Read("root certificate", path, () => roots.ImportFromPemFile(path));
            if (roots.Count == before)
            {
                throw Invalid("root certificate", path, "it holds no PEM certificate", null);
            }
        }

        return roots;
    }

    /// <summary>What to show when the server asks for a client certificate; <see langword="null"/> for none.</summary>
    public static SslStreamCertificateContext? Client(TlsSettings settings)
    {
        if (settings.ClientCertificate is { } given)
        {
            return given.HasPrivateKey
                ? SslStreamCertificateContext.Create(given, additionalCertificates: null, offline: true)
                : throw new TransportException(TransportFailure.TlsSettingsInvalid, "The client certificate has no private key with it.");
        }

        if (settings.ClientCertificatePath is not { } path)
        {
            return null;
        }

        var keyPath = settings.ClientKeyPath ?? path;
        RefuseExposedKey(keyPath);
        X509Certificate2? leaf = null;
        var chain = new X509Certificate2Collection();
        Read("client certificate or key", settings.ClientKeyPath is null ? path : $"{path}' with '{keyPath}", () =>
        {
            leaf = settings.ClientKeyPassword is { } password
                ? X509Certificate2.CreateFromEncryptedPemFile(path, password, keyPath)
                : X509Certificate2.CreateFromPemFile(path, keyPath);
            chain.ImportFromPemFile(path);
        });
        return SslStreamCertificateContext.Create(Usable(leaf!), chain, offline: true);
    }

    /// <summary>libpq allows group reading for keys owned by root alone; who owns a file is not known here, so 0640 is allowed for
    /// all.</summary>
    private static void RefuseExposedKey(string path)
    {
        var isExposed = false;
        Read("client key", path, () => isExposed = !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ForbiddenForKeys) != 0);
        if (isExposed)
        {
            throw Invalid("client key", path, "others may read or change it. Allow at most 0640 (chmod 0600)", null);
        }
    }

    private static X509Certificate2 Usable(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        // Windows' TLS cannot use a key that lives in this process only; a round trip through PKCS #12 gives it one it can.
        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
        }
    }

    private static void Read(string what, string path, Action read)
    {
        try
        {
            read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException
            or ArgumentException)
        {
            throw Invalid(what, path, exception.Message.TrimEnd('.'), exception);
        }
    }

    private static TransportException Invalid(string what, string path, string reason, Exception? inner)
        => new(TransportFailure.TlsSettingsInvalid, $"The {what} '{path}' cannot be used: {reason}.", inner);
}
