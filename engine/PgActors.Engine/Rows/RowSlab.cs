using System.Buffers;

namespace PgActors.Rows;

/// <summary>
/// A pooled block that bytes are received into and that rows are read out of in place. It is counted: the session holds it while it
/// receives, every <see cref="RowBatch"/> holds it until its reader is done, and the last one to let go returns it to the pool. So nobody
/// copies a row, and a block that somebody still reads is never reused.
/// </summary>
public sealed class RowSlab
{
    /// <summary>Usual size in bytes: large enough that a stream of rows costs one receive per thousand rows, small enough for the pool.</summary>
    public const int DefaultSize = 64 * 1024;

    // Invariant: the number of holders. Only the holder that takes it to zero may touch _buffer after that.
    // It is shared between the session's thread and consumers', hence interlocked.
    private int _holders = 1;
    private byte[] _buffer;

    private RowSlab(byte[] buffer) => _buffer = buffer;

    /// <summary>Slabs rented and not yet returned, in this process: what the tests' leak accounting reads.</summary>
    public static int Outstanding => Volatile.Read(ref _outstanding);

    private static int _outstanding;

    /// <summary>Bytes the slab can hold.</summary>
    public int Capacity => _buffer.Length;

    /// <summary>The slab's bytes. Valid only while the caller holds the slab.</summary>
    public byte[] Buffer => _buffer;

    /// <summary>Rents a slab of at least <paramref name="size"/> bytes, held once by the caller.</summary>
    public static RowSlab Rent(int size = DefaultSize)
    {
        Interlocked.Increment(ref _outstanding);
        return new RowSlab(ArrayPool<byte>.Shared.Rent(size));
    }

    /// <summary>Adds a holder. The caller must hold the slab already.</summary>
    public void Retain() => Interlocked.Increment(ref _holders);

    /// <summary>Whether the caller is the only holder, so that the bytes before its position may be overwritten.</summary>
    public bool IsHeldOnce => Volatile.Read(ref _holders) == 1;

    /// <summary>Lets go. The last holder returns the block to the pool.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) != 0)
            return;
        var buffer = _buffer;
        _buffer = [];
        Interlocked.Decrement(ref _outstanding);
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
