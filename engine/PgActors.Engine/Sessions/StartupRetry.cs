namespace PgActors.Sessions;

/// <summary>What could be tried on a new connection after start-up failed.</summary>
public enum StartupRetry : byte
{
    /// <summary>Nothing: another try would end the same way.</summary>
    None,

    /// <summary>Ask for protocol 3.0: old servers and poolers refuse a newer one instead of negotiating.</summary>
    OlderProtocol,

    /// <summary>Go on in clear text, which <c>sslmode=prefer</c> allows.</summary>
    WithoutTls,

    /// <summary>Encrypt, which <c>sslmode=allow</c> does when clear text was refused.</summary>
    WithTls,
}
