namespace PgActors.Protocol;

/// <summary>Asks the server to send what it has answered so far, without ending the pipeline. It has no answer of its own.</summary>
public readonly record struct Flush : IFrontendMessage<Flush>
{
    /// <inheritdoc/>
    public static byte Type => (byte)FrontendMessageType.Flush;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out Flush message)
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
