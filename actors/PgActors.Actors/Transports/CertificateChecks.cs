namespace PgActors.Transports;

/// <summary>What is checked of the server's certificate (PostgreSQL documentation, "SSL Support", table "SSL Mode Descriptions").</summary>
public enum CertificateChecks
{
    /// <summary>Nothing (<c>sslmode=require</c> without a root certificate): safe from listeners, not from impostors.</summary>
    None,

    /// <summary>The chain up to a trusted root (<c>verify-ca</c>).</summary>
    Ca,

    /// <summary>The chain, and that the certificate is for the host that was asked for (<c>verify-full</c>).</summary>
    Full,
}
