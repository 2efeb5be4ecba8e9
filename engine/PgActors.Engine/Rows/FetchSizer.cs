namespace PgActors.Rows;

/// <summary>Chooses how many rows to fetch at a time, so that each fetch brings about as many bytes as are wanted: narrow rows come by the
/// thousands, wide ones by a few.</summary>
public struct FetchSizer
{
    /// <summary>Rows of the first fetch, before anything is known of them: 64 KiB of rows of 256 bytes.</summary>
    public const int First = 256;

    /// <summary>Rows of one fetch at most. Beyond that the cost of the fetch itself no longer shows.</summary>
    public const int Most = 1 << 20;

    // One fetch of unusual rows is not to throw the size about.
    private const int MaxGrowth = 4;

    private readonly long _bytes;

    /// <summary>Makes a sizer.</summary>
    /// <param name="bytes">Bytes wanted of a fetch, at least 1.</param>
    public FetchSizer(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        _bytes = bytes;
        Rows = First;
    }

    /// <summary>Rows of the next fetch.</summary>
    public int Rows { get; private set; }

    /// <summary>A fetch brought as many rows as were asked for.</summary>
    /// <param name="bytes">Its bytes, frames included.</param>
    public void OnFetched(long bytes)
    {
        var fitting = (double)Rows * _bytes / Math.Max(1, bytes);
        Rows = (int)Math.Clamp(fitting, Math.Max(1, Rows / MaxGrowth), Math.Min(Most, (long)Rows * MaxGrowth));
    }
}
