namespace PgActors.Protocol;

/// <summary>A portal was made: the answer to <see cref="Bind"/>.</summary>
public readonly record struct BindComplete : IBackendMessage<BindComplete>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.BindComplete;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out BindComplete message)
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
