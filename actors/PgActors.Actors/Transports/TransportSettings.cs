namespace PgActors.Transports;

/// <summary>
/// How sockets are set up, before they connect. TCP_NODELAY is always on: a session writes whole batches, so waiting to merge small
/// segments could only add latency. Keepalive and time-outs do not apply to Unix sockets.
/// <para>The defaults notice a peer that vanished within a minute, idle or not.</para>
/// </summary>
public sealed record TransportSettings
{
    /// <summary>Whether an idle connection is probed (SO_KEEPALIVE, libpq's <c>keepalives</c>).</summary>
    public bool KeepAlive { get; init; } = true;

    /// <summary>Idle time before the first probe (TCP_KEEPIDLE), whole seconds, 1 to 32767; <see langword="null"/> for the system's
    /// own (two hours on most). 30 seconds by default: below the idle limits of common load balancers.</summary>
    public TimeSpan? KeepAliveIdle { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time between two probes (TCP_KEEPINTVL), whole seconds, 1 to 32767; <see langword="null"/> for the system's own.</summary>
    public TimeSpan? KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Probes without an answer before the connection is given up (TCP_KEEPCNT), 1 to 127; <see langword="null"/> for the
    /// system's own.</summary>
    public int? KeepAliveCount { get; init; } = 3;

    /// <summary>How long sent bytes may stay unacknowledged before the connection is given up (TCP_USER_TIMEOUT, RFC 5482; Linux only,
    /// ignored elsewhere); milliseconds; <see langword="null"/> for the system's own, which can be a quarter of an hour. The default
    /// equals idle + interval × count of keepalive, since on Linux it also bounds the probes (tcp(7)).</summary>
    public TimeSpan? TcpUserTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The socket's send buffer in bytes (SO_SNDBUF); <see langword="null"/> leaves it to the system, which sizes it as it
    /// goes.</summary>
    public int? SendBufferBytes { get; init; }

    /// <summary>The socket's receive buffer in bytes (SO_RCVBUF); <see langword="null"/> leaves it to the system, which sizes it as it
    /// goes.</summary>
    public int? ReceiveBufferBytes { get; init; }

    /// <summary>How long one address of a host is tried before the next is started beside it. 250 ms is the "Connection Attempt Delay"
    /// that RFC 8305 §5 recommends.</summary>
    public TimeSpan AttemptStagger { get; init; } = TimeSpan.FromMilliseconds(250);
}
