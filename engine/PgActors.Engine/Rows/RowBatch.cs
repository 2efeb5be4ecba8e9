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

    /// <summary>Lets go of the slab.</summary>
    public void Release() => Slab.Release();
}
