namespace PgActors.Framing;

/// <summary>A header that no message may have.</summary>
/// <param name="Header">The header as it came.</param>
/// <param name="Cap">The largest length allowed for the type in the phase; 0 if the type has no place there.</param>
public readonly record struct FrameViolation(FrameHeader Header, int Cap)
{
    /// <summary>What is wrong.</summary>
    public FrameViolationKind Kind => Cap == 0
        ? FrameViolationKind.UnexpectedType
        : Header.Length < FrameHeader.LengthSize ? FrameViolationKind.TooShort : FrameViolationKind.OverCap;

    /// <summary>What is wrong, with type, length and cap.</summary>
    public override string ToString() => Kind switch
    {
        FrameViolationKind.UnexpectedType => $"Message {Header} has no place here (cap 0).",
        FrameViolationKind.TooShort => FormattableString.Invariant($"Message {Header} is shorter than its own length word (cap {Cap})."),
        FrameViolationKind.OverCap => FormattableString.Invariant($"Message {Header} is over the cap of {Cap}."),
    };
}
