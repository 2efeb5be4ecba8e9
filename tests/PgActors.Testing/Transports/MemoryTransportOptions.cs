using PgActors.Transports;

namespace PgActors.Testing;

/// <summary>How one end of a <see cref="MemoryTransport"/> pair receives, and how it answers TLS. An immutable value.</summary>
public sealed record MemoryTransportOptions
{
    /// <summary>How many bytes sent to this end may wait unreceived; at least 1. A send that does not fit waits for room, as with a full
    /// socket.</summary>
    public int Capacity { get; init; } = 64 * 1024;

    /// <summary>The most bytes one receive delivers; at least 1. One makes every receive a single byte.</summary>
    public int MaxBytesPerReceive { get; init; } = int.MaxValue;

    /// <summary>Offsets in the stream that this end receives, counted from its first byte: no receive delivers bytes from both sides of
    /// one.</summary>
    public IReadOnlyList<long> SplitAt { get; init; } = [];

    /// <summary>Whether this end's <see cref="MemoryTransport.TryReceive"/> takes what has arrived, as that of a socket in clear does. False is as
    /// under TLS: whoever has nothing to do then waits for what comes, at once.</summary>
    public bool CanPoll { get; init; }

    /// <summary>How the peer answers this end's <see cref="MemoryTransport.StartTlsAsync"/>; <see langword="null"/> for
    /// <see cref="MemoryTlsAnswer.Accepted"/> always.</summary>
    public Func<TlsSettings, MemoryTlsAnswer>? Tls { get; init; }
}
