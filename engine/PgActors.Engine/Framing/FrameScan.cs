namespace PgActors.Framing;

/// <summary>What a scanner found at the front of a buffer.</summary>
/// <param name="Status">Whether a whole message is there.</param>
/// <param name="Header">Its header; <see langword="default"/> if not even that has arrived.</param>
/// <param name="HeaderSize">Bytes of the header: 5, or 4 for a start-up packet.</param>
/// <param name="Cap">The largest length allowed for the type in the phase; 0 if it has no place there.</param>
public readonly record struct FrameScan(FrameStatus Status, FrameHeader Header, int HeaderSize, int Cap)
{
    /// <summary>
    /// Bytes of the whole frame, header included: to step over if it is complete, to have in the buffer at least if it is incomplete (the
    /// header's size while that is missing). 0 for a violation.
    /// </summary>
    /// <remarks>
    /// This is what the peer announced, not what it sent. A buffer must not be grown to it at once, or one header costs a gigabyte: grow
    /// geometrically (double, up to this) each time the buffer is full, so that memory follows the bytes that did arrive.
    /// </remarks>
    public int FrameSize => Status switch
    {
        FrameStatus.Complete => FrameSizeOf(Header),
        FrameStatus.Incomplete => Header == default ? HeaderSize : FrameSizeOf(Header),
        FrameStatus.Violation => 0,
    };

    /// <summary>What is wrong; meaningful only if <see cref="Status"/> is <see cref="FrameStatus.Violation"/>.</summary>
    public FrameViolation Violation => new(Header, Cap);

    /// <summary>The body of a complete frame at the front of <paramref name="buffer"/>, the buffer that was scanned.</summary>
    public ReadOnlySpan<byte> Body(ReadOnlySpan<byte> buffer) => buffer[HeaderSize..FrameSize];

    // Never overflows: a header that got here is under a cap of a little over 1 GiB.
    private int FrameSizeOf(FrameHeader header) => HeaderSize - FrameHeader.LengthSize + header.Length;
}
