namespace PgActors.Protocol;

/// <summary><see cref="Execute"/> reached its row limit; the portal can be executed on. It comes also when the limit was exactly the
/// number of rows.</summary>
public readonly record struct PortalSuspended : IBackendMessage<PortalSuspended>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.PortalSuspended;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out PortalSuspended message)
    {
        message = default;
        return body.IsEmpty;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        writer.BeginMessage(Type);
        writer.EndMessage();
    }
}
