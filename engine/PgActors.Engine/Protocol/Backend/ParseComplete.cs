namespace PgActors.Protocol;

/// <summary>A statement was prepared: the answer to <see cref="Parse"/>.</summary>
public readonly record struct ParseComplete : IBackendMessage<ParseComplete>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.ParseComplete;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out ParseComplete message)
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
