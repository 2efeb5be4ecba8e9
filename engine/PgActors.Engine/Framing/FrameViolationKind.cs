namespace PgActors.Framing;

/// <summary>Why bytes begin no message.</summary>
public enum FrameViolationKind
{
    /// <summary>The type byte is unknown, or has no place in the phase.</summary>
    UnexpectedType,

    /// <summary>The length is less than the four bytes that it counts itself.</summary>
    TooShort,

    /// <summary>The length is over the cap for its type in this phase.</summary>
    OverCap,
}
