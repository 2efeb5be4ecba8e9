namespace PgActors.Integration.Tests.Security;

/// <summary>How the matrix's sessions prove who they are.</summary>
public enum Login
{
    Trust,
    Password,
    Md5,
    Scram,

    /// <summary>SCRAM tied to the TLS channel: SCRAM-SHA-256-PLUS.</summary>
    ScramPlus,
}
