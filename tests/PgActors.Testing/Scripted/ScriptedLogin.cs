using PgActors.Protocol;

namespace PgActors.Testing;

/// <summary>What is known after a start-up.</summary>
public sealed record ScriptedLogin
{
    /// <summary>How it ended.</summary>
    public required ScriptedLoginOutcome Outcome { get; init; }

    /// <summary>What the client asked for.</summary>
    public required StartupMessage Startup { get; init; }

    /// <summary>The protocol version in force: what was asked for, or less.</summary>
    public required ProtocolVersion Version { get; init; }

    /// <summary>The cancel key that was sent, if the session is ready and the server sends one.</summary>
    public BackendKeyData? Key { get; init; }

    /// <summary>Why the server turned the client away.</summary>
    public string? Refusal { get; init; }
}
