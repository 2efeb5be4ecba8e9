namespace PgActors.Protocol;

/// <summary>Ends a pipeline: ends skip mode after an error, commits outside a block, and is answered by one
/// <see cref="ReadyForQuery"/>.</summary>
public readonly record struct Sync : IFrontendMessage<Sync>
{
    /// <inheritdoc/>
    public static byte Type => (byte)FrontendMessageType.Sync;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out Sync message)
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
