namespace PgActors.Framing;

/// <summary>How a type byte is shown: hostile bytes end up in this text, so nothing but printable ASCII is shown as itself.</summary>
internal static class FrameTypeName
{
    /// <summary>The byte as a quoted character, or as a number.</summary>
    public static string Of(byte type) => type switch
    {
        0 => "start-up packet",
        > (byte)' ' and < 0x7F => $"'{(char)type}'",
        _ => FormattableString.Invariant($"0x{type:X2}"),
    };
}
