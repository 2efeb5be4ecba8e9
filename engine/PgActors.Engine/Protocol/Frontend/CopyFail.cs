namespace PgActors.Protocol;

/// <summary>Ends a copy-in and makes it fail; the server answers with an error that quotes the reason.</summary>
/// <param name="Reason">Why, at most some 9,990 bytes: the server cuts off whoever sends a longer message.</param>
public readonly record struct CopyFail(string Reason) : IFrontendMessage<CopyFail>
{
    /// <inheritdoc/>
    public static byte Type => (byte)FrontendMessageType.CopyFail;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out CopyFail message)
    {
        message = default;
        var reader = new WireReader(body);
        if (!reader.TryReadCString(out string reason) || !reader.AtEnd)
            return false;
        message = new CopyFail(reason);
        return true;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        writer.BeginMessage(Type);
        writer.WriteCString(Reason);
        writer.EndMessage();
    }
}
