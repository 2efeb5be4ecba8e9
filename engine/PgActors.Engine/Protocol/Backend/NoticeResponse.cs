namespace PgActors.Protocol;

/// <summary>A warning or remark. It may come at any time and never ends a command.</summary>
/// <param name="Error">The fields that the server sent.</param>
public readonly record struct NoticeResponse(PgError Error) : IBackendMessage<NoticeResponse>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.NoticeResponse;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out NoticeResponse message)
    {
        message = default;
        if (!ErrorFields.TryRead(body, out var error))
            return false;
        message = new NoticeResponse(error);
        return true;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        writer.BeginMessage(Type);
        ErrorFields.Write(writer, Error);
        writer.EndMessage();
    }
}
