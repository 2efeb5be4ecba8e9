using PgActors.Runtime;
using PgActors.Transports;
using PgActors.Types;

namespace PgActors;

/// <summary>What a <see cref="PgDatabase"/> is made with beside its connection options.</summary>
public sealed record PgDatabaseSettings
{
    /// <summary>The types that parameters and columns are read and written with; add your own with
    /// <see cref="PgTypeRegistry.With(ReadOnlySpan{PgTypeMapping})"/>.</summary>
    public PgTypeRegistry Types { get; init; } = PgTypeRegistry.Default;

    /// <summary>Whether types that are not built in are looked up in the database when they are first met. Switch it off where that is not
    /// wanted and give them: <c>Types = PgTypeRegistry.Default.With(PgCatalog.Load(file))</c>.</summary>
    public bool LooksUpTypes { get; init; } = true;

    /// <summary>Time, scheduling and randomness. A test replaces it to run the whole engine under one seed.</summary>
    public ActorRuntime Runtime { get; init; } = ActorRuntime.Default;

    /// <summary>Makes transports; <see langword="null"/> for sockets as the options say.</summary>
    public ITransportConnector? Connector { get; init; }

    /// <summary>How sessions are started again: at most four connects at a time, back-off with full jitter.</summary>
    public SupervisorOptions Supervision { get; init; } = new();

    /// <summary>Knows the credentials of each connection, for passwords and tokens that change; <see langword="null"/>: those of the options,
    /// for ever. It is asked before every connect, by one session at a time: others that connect meanwhile share the answer. Its token is
    /// cancelled after <c>connect_timeout</c>. If the server refuses a password (28P01), it is asked once more at once, since it may just
    /// have been changed. Nothing else depends on the answer: sessions live on when it changes. The database is the one of the
    /// options.</summary>
    /// <example><code>
    /// var settings = new PgDatabaseSettings { Credentials = async ct =&gt; new("app", await tokens.GetAsync(ct)) };
    /// </code></example>
    public Func<CancellationToken, ValueTask<PgCredentials>>? Credentials { get; init; }

    /// <summary>Makes the client's nonce of a SCRAM exchange; <see langword="null"/> for a cryptographic source. Only a test that must
    /// replay replaces it.</summary>
    public Func<string>? ScramNonce { get; init; }
}
