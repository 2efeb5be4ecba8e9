namespace PgActors.Types;

/// <summary>A byte as <c>\ooo</c>, the way bytea's escape form and "char" show what has no character.</summary>
internal static class OctalByte
{
    internal const int Length = 4;

    internal static bool TryRead(ReadOnlySpan<byte> source, out byte value)
    {
        value = 0;
        if (source is not [(byte)'\\', >= (byte)'0' and <= (byte)'3', >= (byte)'0' and <= (byte)'7', >= (byte)'0' and <= (byte)'7', ..])
            return false;
        value = (byte)(((source[1] - '0') << 6) | ((source[2] - '0') << 3) | (source[3] - '0'));
        return true;
    }
}
