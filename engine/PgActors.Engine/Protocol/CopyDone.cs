namespace PgActors.Protocol;

/// <summary>One side has sent its last <see cref="CopyData"/>, in either direction.</summary>
public readonly record struct CopyDone : IBackendMessage<CopyDone>, IFrontendMessage<CopyDone>
{
    /// <summary>The type byte in front of the length; the same in both directions.</summary>
    public static byte Type => (byte)FrontendMessageType.CopyDone;

    /// <summary>Reads the body.</summary>
    /// <returns><see langword="false"/> if the body is not empty.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out CopyDone message)
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
