using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PgActors.Transports;

/// <summary>Decides on one server's certificate, and says why not. One handshake owns one of these.</summary>
internal sealed class ServerCertificateCheck
{
    // A certificate may hold thousands of names of any length, all chosen by the peer; a message shows a few, shortened.
    private const int MaxNamesShown = 8;
    private const int MaxNameLength = 200;

    private readonly TlsSettings _settings;

    public ServerCertificateCheck(TlsSettings settings) => _settings = settings;

    /// <summary>Why the certificate was rejected; <see langword="null"/> until then.</summary>
    public string? Rejection { get; private set; }

    public bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        // With no checks nothing of the certificate is even parsed.
        if (_settings.Checks == CertificateChecks.None)
        {
            return true;
        }

        try
        {
            Rejection = certificate is X509Certificate2 leaf && chain is not null
                ? Judge(leaf, chain, errors)
                : "it sent no certificate";
        }
        catch (CryptographicException exception)
        {
            // An extension that does not decode. The peer chose these bytes, so this is a rejection and no error of ours.
            Rejection = $"its certificate is malformed ({exception.Message})";
        }

        return Rejection is null;
    }

    private string? Judge(X509Certificate2 leaf, X509Chain chain, SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return "it sent no certificate";
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            return JudgeChain(leaf, chain);
        }

        if (_settings.Checks == CertificateChecks.Full && !ServerNameMatch.Matches(leaf, _settings.TargetHost))
        {
            var names = ServerNameMatch.Names(leaf);
            var shown = string.Join(", ", names.Take(MaxNamesShown).Select(name => $"'{Printable(name)}'"));
            var more = names.Count > MaxNamesShown ? $" and {names.Count - MaxNamesShown} more" : "";
            var held = names.Count == 0 ? "no name at all" : $"{shown}{more}";
            return $"its certificate is not for the host '{_settings.TargetHost}' but for {held}. Connect by one of the certificate's "
                + "names, or have a certificate issued for this one";
        }

        return null;
    }

    private string JudgeChain(X509Certificate2 leaf, X509Chain chain)
    {
        var reasons = new List<string>();
        foreach (var element in chain.ChainElements)
        {
            foreach (var status in element.ChainElementStatus)
            {
                reasons.Add(Explain(element.Certificate, status, chain));
            }
        }

        // A chain that could not be built may carry its status as a whole only.
        foreach (var status in reasons.Count == 0 ? chain.ChainStatus : [])
        {
            reasons.Add(Explain(leaf, status, chain));
        }

        return reasons.Count == 0 ? "its certificate chain could not be verified" : string.Join("; ", reasons.Distinct());
    }

    private string Explain(X509Certificate2 certificate, X509ChainStatus status, X509Chain chain)
    {
        var subject = Printable(certificate.Subject);
        var issuer = Printable(certificate.Issuer);
        return status.Status switch
        {
            X509ChainStatusFlags.NotTimeValid => certificate.NotAfter < chain.ChainPolicy.VerificationTime
                ? $"its certificate '{subject}' expired on {Time(certificate.NotAfter)}. Renew it on the server"
                : $"its certificate '{subject}' is valid only from {Time(certificate.NotBefore)} on. Check this machine's clock",
            X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain => subject == issuer
                ? $"its certificate leads to '{subject}', which signed itself and is not among {Roots}"
                : $"its certificate '{subject}' was issued by '{issuer}', which is unknown to {Roots}",
            _ => $"'{subject}': {status.StatusInformation.TrimEnd('.', ' ', '\n')}",
        };
    }

    private string Roots => _settings.PinsRoots
        ? "the given root certificates (sslrootcert; they replace the system's). Add the authority that signed the server's certificate"
        : "the system's root certificates. Give the authority's certificate as sslrootcert";

    private static string Time(DateTime local)
        => local.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Names come from a peer that is not to be trusted: no line breaks or terminal codes reach a log.</summary>
    private static string Printable(string name)
    {
        var text = new StringBuilder();
        foreach (var character in name.AsSpan(0, Math.Min(name.Length, MaxNameLength)))
        {
            text.Append(char.IsControl(character) || char.IsSurrogate(character)
                || CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
                ? '?' : character);
        }

        return name.Length > MaxNameLength ? text.Append('…').ToString() : text.ToString();
    }
}
