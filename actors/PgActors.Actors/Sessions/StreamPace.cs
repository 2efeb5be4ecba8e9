using PgActors.Rows;

namespace PgActors.Sessions;

/// <summary>
/// How much of a long result is worth waking up for. A server that sends without a pause wakes its client for every few kilobytes, which costs
/// both; while rows come that fast, it is let sleep until many have come. A pause ends that: then rows are taken as they come again, until
/// they have been fast for long enough once more.
/// </summary>
/// <remarks>What it gains is measured by <c>stream-int8</c> (docs/BENCHMARKS.md).</remarks>
internal struct StreamPace
{
    /// <summary>Milliseconds that a fast stream may pause before what has come is taken: the least that the system's timers can do. So late the end
    /// of a fast result is noticed.</summary>
    public const int LongestPause = 1;

    // Half of the slab, so that what comes while the receiver is on its way still fits in.
    private const int FastMark = FastSlab / 2;
    private const int FastSlab = 4 * RowSlab.DefaultSize;

    // What must have come at a fast rate: enough that the pause at the end is made up for.
    private const int Proof = 4 << 20;
    private static readonly TimeSpan ProofTime = TimeSpan.FromMilliseconds(80);

    private long _bytes;
    private long _since;
    private bool _isFast;

    /// <summary>Whether rows come fast.</summary>
    public readonly bool IsFast => _isFast;

    /// <summary>Bytes that a receive should wait for.</summary>
    public readonly int LowWaterMark => _isFast ? FastMark : 1;

    /// <summary>Bytes that a receive should have room for.</summary>
    public readonly int SlabSize => _isFast ? FastSlab : RowSlab.DefaultSize;

    /// <summary>Bytes of the result have come.</summary>
    public void OnReceived(int bytes, TimeProvider time)
    {
        if (_isFast)
            return;
        if (_bytes == 0)
            _since = time.GetTimestamp();
        _bytes += bytes;
        if (_bytes < Proof)
            return;
        _isFast = time.GetElapsedTime(_since) < ProofTime;
        _bytes = 0;
    }

    /// <summary>Nothing that was worth a wake-up came for <see cref="LongestPause"/>.</summary>
    public void OnPause() => this = default;
}
