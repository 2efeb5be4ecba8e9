namespace PgActors;

/// <content>The engine's own options, which libpq does not have.</content>
public sealed partial record PgConnectionOptions
{
    /// <summary>
    /// Pipelined sessions that independent commands share (<c>shared_sessions</c>): 1 to 1,024; null, the default: chosen from the number
    /// of cores when the database is opened. More help only until each core has its lane; each costs a server process.
    /// </summary>
    public int? SharedSessions { get; init; }

    /// <summary>The most exclusive sessions at one time, for transactions, row streams, COPY and leases (<c>max_leased_sessions</c>):
    /// 1 to 10,000. Default: 16. At the limit a lease waits.</summary>
    public int MaxLeasedSessions { get; init; } = 16;

    /// <summary>The most commands that wait in one session (<c>max_queued_commands</c>): 1 to 1,000,000. Default: 4,096.</summary>
    public int MaxQueuedCommands { get; init; } = 4_096;

    /// <summary>The most bytes of waiting commands in one session (<c>max_queued_bytes</c>): 64 KiB to 1 TiB. Default: 16 MiB. One command
    /// that is larger alone is let in when nothing else waits.</summary>
    public long MaxQueuedBytes { get; init; } = 16L << 20;

    /// <summary>The most bytes of rows that a row stream holds unread before its session stops reading from the server
    /// (<c>stream_window_bytes</c>): 4 KiB to 1 GiB - 1. Default: 256 KiB, which covers 1 Gbit/s at 2 ms of round trip.</summary>
    public int StreamWindowBytes { get; init; } = 256 << 10;

    /// <summary>How long a command may take, waiting included (<c>command_timeout</c>, in seconds); null, the default: no limit. 1 ms to 24
    /// days, in whole milliseconds; a fraction is dropped.</summary>
    public TimeSpan? CommandTimeout { get; init; }

    /// <summary>How long a cancelled command may take to end before its session is closed (<c>cancellation_timeout</c>, in seconds): 1 ms
    /// to 24 days, in whole milliseconds. Default: 5 s.</summary>
    public TimeSpan CancellationTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Prepared statements that each session keeps (<c>statement_cache_size</c>): 0 (none) to 65,536. Default: 256.</summary>
    public int StatementCacheSize { get; init; } = 256;

    /// <summary>The largest message to accept from the server (<c>max_message_bytes</c>), in bytes: 64 KiB to 1 GiB - 1, PostgreSQL's own
    /// limit for a value or row and the default. Memory is taken as bytes arrive, whatever the limit.</summary>
    public int MaxMessageBytes { get; init; } = MessageLimit;

    /// <summary>The operating system's send and receive buffers of each socket (<c>socket_buffer_bytes</c>), in bytes: 4 KiB to 1 GiB - 1;
    /// null, the default: the system's own choice, which tunes itself.</summary>
    public int? SocketBufferBytes { get; init; }

    /// <summary>MaxAllocSize in PostgreSQL's memutils.h: no value, row or message is larger.</summary>
    internal const int MessageLimit = 0x3FFF_FFFF;
}
