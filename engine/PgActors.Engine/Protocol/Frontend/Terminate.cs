namespace PgActors.Protocol;

/// <summary>Takes leave: the server rolls back an open transaction and closes. It has no answer.</summary>
public readonly record struct Terminate : IFrontendMessage<Terminate>
{
    /// <inheritdoc/>
    public static byte Type => (byte)FrontendMessageType.Terminate;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out Terminate message)
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
