namespace PgActors.Protocol;

/// <summary>A NOTIFY that this session listens to. It comes while idle, or after a commit just before
/// <see cref="ReadyForQuery"/>.</summary>
/// <param name="ProcessId">The server process that notified; may be this session's own.</param>
/// <param name="Channel">The channel, under 64 bytes.</param>
/// <param name="Payload">The payload, under 8,000 bytes; empty if there was none.</param>
public readonly record struct NotificationResponse(int ProcessId, string Channel, string Payload) : IBackendMessage<NotificationResponse>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.NotificationResponse;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out NotificationResponse message)
    {
        message = default;
        var reader = new WireReader(body);
        if (!reader.TryReadInt32(out var processId)
            || !reader.TryReadCString(out string channel)
            || !reader.TryReadCString(out string payload)
            || !reader.AtEnd)
        {
            return false;
        }

        message = new NotificationResponse(processId, channel, payload);
        return true;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        writer.BeginMessage(Type);
        writer.WriteInt32(ProcessId);
        writer.WriteCString(Channel);
        writer.WriteCString(Payload);
        writer.EndMessage();
    }
}
