namespace PgActors.Protocol;

/// <summary>The text held no statement; stands where <see cref="CommandComplete"/> would.</summary>
public readonly record struct EmptyQueryResponse : IBackendMessage<EmptyQueryResponse>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.EmptyQueryResponse;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out EmptyQueryResponse message)
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
