using PgActors.Transports;

namespace PgActors.Testing;

/// <summary>How a <see cref="MemoryConnector"/> answers one connect.</summary>
public sealed record MemoryConnectAnswer
{
    /// <summary>Connects at once, with the default options.</summary>
    public static MemoryConnectAnswer Accepted { get; } = new();

    /// <summary>Waits until <see cref="MemoryConnector.ReleaseStalled"/> or the caller's token, as for a host that drops packets.</summary>
    public static MemoryConnectAnswer Stalled { get; } = new() { Stalls = true };

    /// <summary>The failure to throw; <see langword="null"/> to connect.</summary>
    public TransportException? Failure { get; init; }

    /// <summary>Whether the connect waits.</summary>
    public bool Stalls { get; init; }

    /// <summary>How the client end receives, and how its TLS is answered.</summary>
    public MemoryTransportOptions? Client { get; init; }

    /// <summary>How the server end receives.</summary>
    public MemoryTransportOptions? Server { get; init; }

    /// <summary>Fails the connect.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="message">Its text.</param>
    /// <returns>The answer.</returns>
    public static MemoryConnectAnswer Fails(TransportFailure kind, string message = "Scripted connect failure.")
        => new() { Failure = new TransportException(kind, message) };
}
