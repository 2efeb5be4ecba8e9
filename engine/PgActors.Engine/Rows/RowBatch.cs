using System.Buffers.Binary;

namespace PgActors.Rows;

/// <summary>
/// A run of complete DataRow frames in one slab, headers included. Whoever gets a batch owns one hold on its slab and must
/// <see cref="Release"/> it exactly once.
/// </summary>
/// <param name="Slab">The block that the rows lie in.</param>
/// <param name="Offset">Where the first frame begins.</param>
/// <param name="Length">Bytes of all frames together.</param>
public readonly record struct RowBatch(RowSlab Slab, int Offset, int Length)
{
    /// <summary>The frames. Valid until <see cref="Release"/>.</summary>
    public ReadOnlySpan<byte> Frames => Slab.Buffer.AsSpan(Offset, Length);

    /// <summary>Steps to the next row.</summary>
    /// <param name="position">Where its frame begins, counted from the batch's beginning; moved behind it.</param>
    /// <param name="body">The row's body. Valid until <see cref="Release"/>.</param>
    /// <returns>False at the end.</returns>
    public bool TryReadRow(ref int position, out ReadOnlySpan<byte> body)
    {
        if (position >= Length)
        {
            body = default;
            return false;
        }

        // The frames were checked when they were cut.
        var length = BinaryPrimitives.ReadInt32BigEndian(Slab.Buffer.AsSpan(Offset + position + 1, 4));
        body = Slab.Buffer.AsSpan(Offset + position + 5, length - 4);
        position += length + 1;
        return true;
    }

    /// <summary>Lets go of the slab.</summary>
    public void Release() => Slab.Release();
}
