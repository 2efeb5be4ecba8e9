namespace PgActors.Sessions;

/// <summary>
/// Back-pressure in four states. Credit is counted in bytes: what was forwarded and not yet consumed may reach the window, then the session
/// stops receiving, the socket's buffers fill, and the server waits (<c>ClientWrite</c> in pg_stat_activity).
/// </summary>
/// <remarks>The window is a threshold, not a cut: rows that are in memory already are always forwarded, so at most one receive's worth of
/// bytes lies beyond it.</remarks>
public struct RowPump
{
    private long _window;
    private long _owed;

    /// <summary>Makes a pump.</summary>
    /// <param name="window">Bytes that may be forwarded ahead of the consumer, at least 1; <see cref="long.MaxValue"/> for no
    /// limit.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="window"/> is less than 1: nothing would ever flow again.</exception>
    public RowPump(long window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        _window = window;
        State = RowPumpState.AwaitingRead;
    }

    /// <summary>Nothing is received ahead of the consumer, who then receives on its own thread what it waits for.</summary>
    public bool IsNarrow { get; set; }

    private readonly long Limit => IsNarrow && _window != long.MaxValue ? 1 : _window;

    /// <summary>Where the pump stands.</summary>
    public RowPumpState State { get; private set; }

    /// <summary>Bytes forwarded and not yet consumed.</summary>
    public readonly long Owed => _owed;

    /// <summary>Bytes arrived and are about to be worked off.</summary>
    public void OnReceived() => State = State switch
    {
        RowPumpState.AwaitingRows or RowPumpState.AwaitingRead => RowPumpState.AwaitingRead,
        RowPumpState.AwaitingDemand or RowPumpState.AwaitingReadOrDemand => RowPumpState.AwaitingReadOrDemand,
    };

    /// <summary>Rows were forwarded to the consumer.</summary>
    public void OnForwarded(int bytes)
    {
        _owed += bytes;
        if (_owed < Limit)
            return;
        State = State switch
        {
            RowPumpState.AwaitingRows or RowPumpState.AwaitingDemand => RowPumpState.AwaitingDemand,
            RowPumpState.AwaitingRead or RowPumpState.AwaitingReadOrDemand => RowPumpState.AwaitingReadOrDemand,
        };
    }

    /// <summary>The bytes at hand are worked off.</summary>
    /// <returns>Whether a receive should begin.</returns>
    public bool OnWorkedOff()
    {
        State = State switch
        {
            RowPumpState.AwaitingRows or RowPumpState.AwaitingRead => RowPumpState.AwaitingRows,
            RowPumpState.AwaitingDemand or RowPumpState.AwaitingReadOrDemand => RowPumpState.AwaitingDemand,
        };
        return State == RowPumpState.AwaitingRows;
    }

    /// <summary>The consumer is done with some bytes. More than are owed count as all.</summary>
    /// <returns>Whether a receive should begin.</returns>
    public bool OnConsumed(long bytes)
    {
        _owed = Math.Max(0, _owed - bytes);
        if (_owed >= Limit)
            return false;
        var stalled = State == RowPumpState.AwaitingDemand;
        State = State switch
        {
            RowPumpState.AwaitingRows or RowPumpState.AwaitingDemand => RowPumpState.AwaitingRows,
            RowPumpState.AwaitingRead or RowPumpState.AwaitingReadOrDemand => RowPumpState.AwaitingRead,
        };
        return stalled;
    }

    /// <summary>Nobody wants the rest: credit no longer counts.</summary>
    /// <returns>Whether a receive should begin.</returns>
    public bool OnAbandoned()
    {
        _window = long.MaxValue;
        return OnConsumed(_owed);
    }
}
