namespace PgActors.Protocol;

/// <summary>Something failed. ERROR ends the command and, in a pipeline, everything up to the next <see cref="Sync"/>; FATAL and PANIC end
/// the session. Before TLS is up its text comes from nobody in particular and must not be shown (CVE-2024-10977).</summary>
/// <param name="Error">The fields that the server sent.</param>
public readonly record struct ErrorResponse(PgError Error) : IBackendMessage<ErrorResponse>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.ErrorResponse;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out ErrorResponse message)
    {
        message = default;
        if (!ErrorFields.TryRead(body, out var error))
            return false;
        message = new ErrorResponse(error);
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
