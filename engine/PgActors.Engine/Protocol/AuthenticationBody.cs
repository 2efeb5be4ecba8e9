namespace PgActors.Protocol;

/// <summary>What all Authentication… messages share: their type byte and a leading code.</summary>
internal static class AuthenticationBody
{
    /// <summary>Opens a body if it carries <paramref name="expected"/>, and stands behind the code.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> body, AuthenticationCode expected, out WireReader reader)
    {
        reader = new WireReader(body);
        return reader.TryReadInt32(out var code) && code == (int)expected;
    }

    /// <summary>Begins a message with <paramref name="code"/>.</summary>
    public static void Begin(WireWriter writer, AuthenticationCode code)
    {
        writer.BeginMessage((byte)BackendMessageType.Authentication);
        writer.WriteInt32((int)code);
    }
}
