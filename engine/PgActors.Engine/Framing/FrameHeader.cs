namespace PgActors.Framing;

/// <summary>The type byte and length word of one message.</summary>
/// <param name="Type">The type byte; 0 for a start-up packet, which has none.</param>
/// <param name="Length">The length word as it stood on the wire: it counts itself and the body, not the type byte. Not checked.</param>
public readonly record struct FrameHeader(byte Type, int Length)
{
    /// <summary>Bytes of a type byte and a length word.</summary>
    public const int Size = 5;

    /// <summary>Bytes of the length word: all the header that a start-up packet has, and the least that a length can say.</summary>
    public const int LengthSize = 4;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{FrameTypeName.Of(Type)} of length {Length}");
}
