namespace PgActors;

/// <content>The engine's own options, which libpq does not have.</content>
public sealed partial record PgConnectionOptions
{
    /// <summary>
    /// The most pipelined sessions that independent commands share (<c>shared_sessions</c>): 1 to 1,024; null, the default: chosen from the
    /// number of cores when the database is opened. More help only until each core has its lane; each costs a server process.
    /// </summary>
    public int? SharedSessions { get; init; }

    /// <summary>
    /// The fewest of them (<c>min_shared_sessions</c>): 1 to <see cref="SharedSessions"/>. As many are kept while little is to be done; more are
    /// made while commands wait, and ended again after 30 s without need. null, the default: as many as <see cref="SharedSessions"/> where that
    /// is set, so that their number is fixed; otherwise 2.
    /// </summary>
    public int? MinSharedSessions { get; init; }

    /// <summary>The most exclusive sessions at one time, for transactions, row streams, COPY and leases (<c>max_leased_sessions</c>):
    /// 1 to 10,000. Default: 16. At the limit a lease waits.</summary>
    public int MaxLeasedSessions { get; init; } = 16;

    /// <summary>How long a caller waits for an exclusive session when all are in use (<c>lease_timeout</c>, in seconds); null: without limit.
    /// 1 ms to 24 days, in whole milliseconds. Default: 30 s.</summary>
    public TimeSpan? LeaseTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The most callers that wait for an exclusive session at one time (<c>max_lease_waiters</c>): 1 to 1,000,000. Default: 10,000.
    /// The next one is refused at once.</summary>
    public int MaxLeaseWaiters { get; init; } = 10_000;

    /// <summary>An exclusive session that was idle for longer must answer an empty query before it is used again (<c>lease_validation</c>, in
    /// seconds); null: never, so that one that died unseen costs its next user an error. 1 ms to 24 days. Default: 30 s.</summary>
    public TimeSpan? LeaseValidation { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>An exclusive session that nobody wanted for so long is closed (<c>lease_idle_lifetime</c>, in seconds); null: never. 1 ms to
    /// 24 days. Default: 5 minutes.</summary>
    public TimeSpan? LeaseIdleLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>An exclusive session that is older, give or take a random tenth, is closed as soon as nobody has it (<c>lease_lifetime</c>, in
    /// seconds), so that the memory of long-lived server processes comes back; null: never. 1 ms to 24 days. Default: 1 hour.</summary>
    public TimeSpan? LeaseLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>An exclusive session that is held for longer is reported as an event, with who took it (<c>lease_warning</c>, in seconds);
    /// null: never. 1 ms to 24 days. Default: 1 minute.</summary>
    public TimeSpan? LeaseWarning { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long to find out, on another session, what became of a COMMIT whose answer was lost (<c>commit_resolution</c>, in
    /// seconds); null: not at all. It costs a transaction that writes one more tiny query, in the same round trip. 1 ms to 24 days. Default:
    /// 15 s.</summary>
    public TimeSpan? CommitResolution { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The most commands that wait in one session (<c>max_queued_commands</c>): 1 to 1,000,000. Default: 4,096.</summary>
    public int MaxQueuedCommands { get; init; } = 4_096;

    /// <summary>The most bytes of waiting commands in one session (<c>max_queued_bytes</c>): 64 KiB to 1 TiB. Default: 16 MiB. One command
    /// that is larger alone is let in when nothing else waits.</summary>
    public long MaxQueuedBytes { get; init; } = 16L << 20;

    /// <summary>The most bytes of rows that a row stream holds unread before its session stops reading from the server
    /// (<c>stream_window_bytes</c>): 4 KiB to 1 GiB - 1. Default: 256 KiB, which covers 1 Gbit/s at 2 ms of round trip.</summary>
    public int StreamWindowBytes { get; init; } = 256 << 10;

    /// <summary>How long a command may take, waiting for its session included (<c>command_timeout</c>, in seconds); null, the default: no
    /// limit. 1 ms to 24 days, in whole milliseconds; a fraction is dropped. A command that still waits when its time is over is dropped and
    /// nothing of it is sent; one that was sent is cancelled on the server, which may take up to <see cref="CancellationTimeout"/> more. Both
    /// end with a <see cref="PgTimeoutException"/>. Of rows that are streamed it counts to the first, since from then on the consumer sets the
    /// pace.</summary>
    public TimeSpan? CommandTimeout { get; init; }

    /// <summary>How long a cancelled command may take to end before its session is closed (<c>cancellation_timeout</c>, in seconds): 1 ms
    /// to 24 days, in whole milliseconds. Default: 5 s.</summary>
    public TimeSpan CancellationTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Prepared statements that each session keeps (<c>statement_cache_size</c>): 0 to 65,536. Default: 256. With 0 no statement gets
    /// a name: for poolers in transaction mode that know nothing of prepared statements.</summary>
    public int StatementCacheSize { get; init; } = 256;

    /// <summary>The most bytes of statements' texts that each session keeps prepared (<c>statement_cache_bytes</c>): 0 to 1 GiB. Default:
    /// 4 MiB. The server's memory for them is a multiple of it. A text that is longer alone is prepared anew each time.</summary>
    public long StatementCacheBytes { get; init; } = 4 << 20;

    /// <summary>Whether the columns of a prepared statement's result are asked for at each execution (<c>always_describe</c>, 1 or 0). Default:
    /// no, since a server never changes them without an error. A pooler that keeps prepared statements itself, such as PgBouncer with
    /// <c>max_prepared_statements</c>, may prepare one on another server after the table has changed: there it takes 1.</summary>
    public bool AlwaysDescribe { get; init; }

    /// <summary>The largest message to accept from the server (<c>max_message_bytes</c>), in bytes: 64 KiB to 1 GiB - 1, PostgreSQL's own
    /// limit for a value or row and the default. Memory is taken as bytes arrive, whatever the limit.</summary>
    public int MaxMessageBytes { get; init; } = MessageLimit;

    /// <summary>The operating system's send and receive buffers of each socket (<c>socket_buffer_bytes</c>), in bytes: 4 KiB to 1 GiB - 1;
    /// null, the default: the system's own choice, which tunes itself.</summary>
    public int? SocketBufferBytes { get; init; }

    /// <summary>MaxAllocSize in PostgreSQL's memutils.h: no value, row or message is larger.</summary>
    internal const int MessageLimit = 0x3FFF_FFFF;
}
