using System.Text;

namespace PgActors.Framing;

/// <summary>
/// The error of protocol 2, which servers before 14 send for failures before they have read the start-up packet, and all servers when they
/// cannot fork: <c>E</c>, text, a newline, NUL, without a length. Read as a frame its text makes a length far over any cap, so it is to be
/// tried after a violation in <see cref="FramingPhase.Startup"/>. The peer has proved nothing yet, least of all before TLS.
/// </summary>
public static class LegacyErrorText
{
    /// <summary>The most bytes of text that are looked at.</summary>
    public const int MaxLength = 30_000;

    /// <summary>Reads the text at the front of <paramref name="buffer"/>, without the newline.</summary>
    /// <returns><see langword="false"/> if it does not begin with <c>E</c> or its end is not among the first <see cref="MaxLength"/>
    /// bytes (or has not arrived).</returns>
    public static bool TryRead(ReadOnlySpan<byte> buffer, out string text)
    {
        text = "";
        if (buffer.IsEmpty || buffer[0] != (byte)'E')
            return false;
        var rest = buffer[1..Math.Min(buffer.Length, MaxLength + 1)];
        var end = rest.IndexOf((byte)0);
        if (end < 0)
            return false;
        text = Encoding.UTF8.GetString(rest[..end].TrimEnd((byte)'\n'));
        return true;
    }
}
