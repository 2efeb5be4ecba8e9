namespace PgActors.Protocol;

/// <summary>A statement or portal is gone: the answer to <see cref="Close"/>, also when there was none of that name.</summary>
public readonly record struct CloseComplete : IBackendMessage<CloseComplete>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.CloseComplete;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out CloseComplete message)
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
