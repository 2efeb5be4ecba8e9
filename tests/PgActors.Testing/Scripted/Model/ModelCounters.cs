namespace PgActors.Testing;

/// <summary>What a <see cref="ModelServer"/> has done so far. Safe to use from any thread.</summary>
public sealed class ModelCounters
{
    private long _connections;
    private long _sessions;
    private long _statements;
    private long _cancelRequests;
    private long _cancelledStatements;

    /// <summary>Connections taken, also those for a cancel.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Sessions that became ready.</summary>
    public long Sessions => Interlocked.Read(ref _sessions);

    /// <summary>Statements begun.</summary>
    public long Statements => Interlocked.Read(ref _statements);

    /// <summary>Cancel requests received, whatever they named.</summary>
    public long CancelRequests => Interlocked.Read(ref _cancelRequests);

    /// <summary>Cancel requests that found their session at work.</summary>
    public long CancelledStatements => Interlocked.Read(ref _cancelledStatements);

    internal void RecordConnection() => Interlocked.Increment(ref _connections);

    internal void RecordSession() => Interlocked.Increment(ref _sessions);

    internal long RecordStatement() => Interlocked.Increment(ref _statements);

    internal void RecordCancelRequest() => Interlocked.Increment(ref _cancelRequests);

    internal void RecordCancelledStatement() => Interlocked.Increment(ref _cancelledStatements);
}
