using PgActors.Protocol;

namespace PgActors.Sessions;

/// <summary>How a session starts.</summary>
public sealed record StartupSettings
{
    /// <summary>Whether the transport is a Unix socket: nothing is encrypted there.</summary>
    public bool IsUnixSocket { get; init; }

    /// <summary>Whether to encrypt before anything else is sent.</summary>
    public EncryptionRequest Encryption { get; init; } = EncryptionRequest.Negotiate;

    /// <summary>Whether clear text will do if the server does not encrypt.</summary>
    public bool AcceptsClearText { get; init; }

    /// <summary>Whether a refusal in clear text is reason to try again encrypted.</summary>
    public bool MayRetryWithTls { get; init; }

    /// <summary>The oldest protocol accepted.</summary>
    public ProtocolVersion MinVersion { get; init; } = ProtocolVersion.Version30;

    /// <summary>The protocol asked for.</summary>
    public ProtocolVersion MaxVersion { get; init; } = ProtocolVersion.Version32;

    /// <summary>Names and values for the StartupMessage; <c>user</c> first.</summary>
    public WireArray<StartupParameter> Parameters { get; init; }
}
