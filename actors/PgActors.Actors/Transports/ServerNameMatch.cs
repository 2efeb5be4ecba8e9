using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace PgActors.Transports;

/// <summary>
/// Whether a certificate is for the host that was asked for, as libpq decides it (PostgreSQL documentation, "Client Verification of Server
/// Certificates"), rather than as the framework does: the common name is looked at when there is no alternative name of the wanted kind.
/// <list type="bullet">
/// <item>The host is compared as it was typed, without regard to the case of ASCII letters.</item>
/// <item><c>*.</c> may stand for the whole left-most label, for one label, and never for a part of an address.</item>
/// <item>An address matches an iPAddress or the same text in a dNSName; the common name counts unless there is an iPAddress.</item>
/// <item>A name with a NUL in it matches nothing.</item>
/// </list>
/// </summary>
internal static class ServerNameMatch
{
    public static bool Matches(X509Certificate2 certificate, string host)
    {
        var address = IPAddress.TryParse(host, out var parsed) ? parsed : null;
        var useCommonName = true;
        foreach (var extension in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            foreach (var name in extension.EnumerateDnsNames())
            {
                useCommonName &= address is not null;
                if (MatchesName(name, host, address is null))
                {
                    return true;
                }
            }

            foreach (var candidate in extension.EnumerateIPAddresses())
            {
                useCommonName &= address is null;
                if (candidate.Equals(address))
                {
                    return true;
                }
            }
        }

        return useCommonName && CommonName(certificate) is { } commonName && MatchesName(commonName, host, address is null);
    }

    /// <summary>The names that a certificate is for, for a message: the alternative names, or else the common name.</summary>
    public static IReadOnlyList<string> Names(X509Certificate2 certificate)
    {
        var names = new List<string>();
        foreach (var extension in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            names.AddRange(extension.EnumerateDnsNames());
            names.AddRange(extension.EnumerateIPAddresses().Select(address => address.ToString()));
        }

        if (names.Count == 0 && CommonName(certificate) is { } commonName)
        {
            names.Add(commonName);
        }

        return names;
    }

    private static bool MatchesName(string pattern, string host, bool allowWildcard)
    {
        if (pattern.Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        if (string.Equals(pattern, host, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        // "*.example.com" against "db.example.com": the host's first label is anything, the rest is the same.
        if (!allowWildcard || pattern.Length < 3 || !pattern.StartsWith("*.", StringComparison.Ordinal))
        {
            return false;
        }

        var dot = host.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && host.AsSpan(dot).Equals(pattern.AsSpan(1), StringComparison.OrdinalIgnoreCase);
    }

    private static string? CommonName(X509Certificate2 certificate)
    {
        const string CommonNameOid = "2.5.4.3";
        foreach (var part in certificate.SubjectName.EnumerateRelativeDistinguishedNames())
        {
            if (!part.HasMultipleElements && part.GetSingleElementType().Value == CommonNameOid)
            {
                return part.GetSingleElementValue();
            }
        }

        return null;
    }
}
