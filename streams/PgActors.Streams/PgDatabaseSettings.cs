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

    /// <summary>Makes the client's nonce of a SCRAM exchange; <see langword="null"/> for a cryptographic source. Only a test that must
    /// replay replaces it.</summary>
    public Func<string>? ScramNonce { get; init; }
}
