namespace PgActors.Transports;

/// <summary>How many transports a connector has opened and closed: what a leak test reads. Safe to use from any thread.</summary>
public sealed class TransportCounters
{
    // Invariant: both only grow, and a transport is counted as closed after it was counted as opened, once.
    private long _opened;
    private long _closed;

    /// <summary>Transports opened so far.</summary>
    public long Opened => Interlocked.Read(ref _opened);

    /// <summary>Transports closed so far, whichever way.</summary>
    public long Closed => Interlocked.Read(ref _closed);

    /// <summary>Transports open now. Never negative, also while others open and close.</summary>
    public long Live
    {
        get
        {
            // The smaller count is read first: read the other way round, a transport opened and closed in between would count as -1.
            var closed = Closed;
            return Opened - closed;
        }
    }

    /// <summary>Counts a transport as opened. For those who implement <see cref="ITransportConnector"/>.</summary>
    public void RecordOpened() => Interlocked.Increment(ref _opened);

    /// <summary>Counts a transport as closed: once for each one opened. For those who implement <see cref="ITransport"/>.</summary>
    public void RecordClosed() => Interlocked.Increment(ref _closed);
}
