using System.Security.Cryptography;
using PgActors.Authentication;
using PgActors.Framing;
using PgActors.Transports;

namespace PgActors.Sessions;

/// <summary>Everything a session needs to know to connect and to run: one value per host, shared by all its sessions. Immutable.</summary>
public sealed record SessionProfile
{
    /// <summary>Makes transports.</summary>
    public required ITransportConnector Connector { get; init; }

    /// <summary>Where to.</summary>
    public required TransportEndpoint Endpoint { get; init; }

    /// <summary>Host and port, as errors name them.</summary>
    public required string Server { get; init; }

    /// <summary>How TLS is done; also for the cancel connection.</summary>
    public required TlsSettings Tls { get; init; }

    /// <summary>How the session starts.</summary>
    public required StartupSettings Startup { get; init; }

    /// <summary>Who the client is.</summary>
    public required AuthenticationCredentials Credentials { get; init; }

    /// <summary>Who knows the credentials of each connection; <see langword="null"/> if they are always those of
    /// <see cref="Credentials"/>.</summary>
    public CredentialSource? CredentialSource { get; init; }

    /// <summary>What the client lets a server ask for.</summary>
    public AuthenticationPolicy AuthenticationPolicy { get; init; } = AuthenticationPolicy.Default;

    /// <summary>Makes the client's nonce for one SCRAM exchange: 18 random bytes in base64, as libpq does.</summary>
    public Func<string> ScramNonce { get; init; } = static () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));

    /// <summary>Where SCRAM keys are kept; the process's.</summary>
    public ScramKeyCache ScramKeys { get; init; } = ScramKeyCache.Shared;

    /// <summary>What the server reported to the sessions of the database.</summary>
    public ReportedParameters Reported { get; init; } = new();

    /// <summary>In which formats results are asked for; shared by all sessions of the database.</summary>
    public ResultFormats Formats { get; init; } = new();

    /// <summary>Whether the first command of a session is worth waiting for on the thread that posts it; shared by all sessions of the database,
    /// whose threads may lose each other's counts.</summary>
    internal LingerPolicy FirstAnswers { get; } = new();

    /// <summary>Caps on what the server may send.</summary>
    public MessageLimits Limits { get; init; } = MessageLimits.Default;

    /// <summary>Time for a connection to become ready, name look-up and authentication included; 15 seconds.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Time for a cancelled command to end before its connection is closed; 5 seconds.</summary>
    public TimeSpan CancelTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The time that a command has, from the moment it is given to a session, waiting included; <see langword="null"/> for no
    /// limit. Of rows that are taken at the consumer's pace it counts to the first.</summary>
    public TimeSpan? CommandTimeout { get; init; }

    /// <summary>Statements that a session keeps prepared; 0 prepares none, for poolers in transaction mode.</summary>
    public int StatementCacheSize { get; init; } = 256;

    /// <summary>Bytes of the texts of statements that a session keeps prepared; 4 MiB.</summary>
    public long StatementCacheBytes { get; init; } = 4 << 20;

    /// <summary>Whether a prepared statement's columns are asked for at each execution, for poolers that prepare it on servers of their
    /// own choice.</summary>
    public bool DescribesAlways { get; init; }

    /// <summary>Whether many callers share the session, so that none may leave anything behind in it.</summary>
    public bool IsShared { get; init; }

    /// <summary>Commands that may be in flight on one session. Once there are so many, not before a half of them has ended do others follow: deep
    /// enough that server and client both have plenty to do meanwhile, shallow enough that most of what waits is still unsent, and moves to
    /// another session, when this one is lost.</summary>
    /// <remarks>Before answers were coalesced, a thousand callers on two sessions (<c>callers-1024</c>) came out at 0.74 and 0.97 × multiplexed
    /// Npgsql with 256, and at 1.02 and 1.29 × with 1,024. With coalescing 512 was as good as 1,024.</remarks>
    public int MaxInFlight { get; init; } = 512;
}
