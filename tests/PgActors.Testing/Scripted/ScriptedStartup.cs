using PgActors.Protocol;
using PgActors.Transports;

namespace PgActors.Testing;

/// <summary>How a scripted or model server starts a session. An immutable value; the defaults are those of PostgreSQL 18 without
/// TLS.</summary>
public sealed record ScriptedStartup
{
    /// <summary>The settings that PostgreSQL 18 reports, with its defaults.</summary>
    public static IReadOnlyList<ParameterStatus> UsualSettings { get; } =
    [
        new("in_hot_standby", "off"),
        new("integer_datetimes", "on"),
        new("TimeZone", "Etc/UTC"),
        new("IntervalStyle", "postgres"),
        new("search_path", "\"$user\", public"),
        new("is_superuser", "off"),
        new("application_name", ""),
        new("default_transaction_read_only", "off"),
        new("scram_iterations", "4096"),
        new("DateStyle", "ISO, MDY"),
        new("standard_conforming_strings", "on"),
        new("session_authorization", "app"),
        new("client_encoding", "UTF8"),
        new("server_version", "18.4"),
        new("server_encoding", "UTF8"),
    ];

    /// <summary>What is used when nothing else is said.</summary>
    public static ScriptedStartup Default { get; } = new();

    /// <summary>The newest protocol version that the server admits to.</summary>
    public ProtocolVersion MaxVersion { get; init; } = ProtocolVersion.Version32;

    /// <summary>Whether an SSLRequest is answered <c>S</c> instead of <c>N</c>.</summary>
    public bool AcceptsTls { get; init; }

    /// <summary>The server's side of the TLS handshake; <see langword="null"/> pretends one. See
    /// <see cref="ScriptedConnection.AnswerTlsAsync"/>.</summary>
    public Func<ITransport, CancellationToken, ValueTask<ITransport>>? TlsHandshake { get; init; }

    /// <summary>The settings to report.</summary>
    public IReadOnlyList<ParameterStatus> Settings { get; init; } = UsualSettings;

    /// <summary>The process to name in BackendKeyData.</summary>
    public int ProcessId { get; init; } = 4711;

    /// <summary>The cancel key; <see langword="null"/> for bytes 1, 2, 3 … of the length that the version wants.</summary>
    public WireArray<byte>? SecretKey { get; init; }

    /// <summary>Whether BackendKeyData is sent at all; some poolers leave it out.</summary>
    public bool SendsKey { get; init; } = true;
}
