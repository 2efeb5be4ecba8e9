namespace PgActors.Runtime;

/// <summary>
/// How much work a mailbox holds, and whether it takes more: 1 bit closed, 23 bits of count, 40 bits of bytes in one word, so that a
/// reservation sees and changes all three together.
/// </summary>
/// <remarks>
/// Invariant: a message is counted before it is enqueued and until it is dequeued. Therefore nothing can be enqueued past the bounds, and
/// once closed with a count of 0 nothing more can come. A compare-and-swap, not an add with roll-back: a passing overshoot would refuse
/// somebody else who fits.
/// </remarks>
internal struct MailboxLoad(MailboxBounds bounds)
{
    private const int CountShift = 40;
    private const long One = 1L << CountShift;
    private const long BytesMask = One - 1;
    private const long ClosedBit = long.MinValue;

    private readonly MailboxBounds _bounds = bounds;
    private long _word;

    public readonly int Count => (int)((Volatile.Read(in _word) & ~ClosedBit) >> CountShift);

    public readonly long Bytes => Volatile.Read(in _word) & BytesMask;

    public readonly bool IsClosed => Volatile.Read(in _word) < 0;

    public PostResult TryReserve(int bytes)
    {
        var seen = Volatile.Read(in _word);
        while (true)
        {
            if (seen < 0) return PostResult.Closed;
            var count = seen >> CountShift;
            if (count > 0 && (count >= _bounds.MaxCommands || (seen & BytesMask) + bytes > _bounds.MaxBytes)) return PostResult.Full;
            var found = Interlocked.CompareExchange(ref _word, seen + One + bytes, seen);
            if (found == seen) return PostResult.Accepted;
            seen = found;
        }
    }

    /// <summary>Gives back a reservation. A full fence: whoever then looks for those who wait for room sees them.</summary>
    public void Release(int bytes) => Interlocked.Add(ref _word, -(One + bytes));

    public void Close() => Interlocked.Or(ref _word, ClosedBit);
}
