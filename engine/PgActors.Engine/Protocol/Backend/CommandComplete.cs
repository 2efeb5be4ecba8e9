namespace PgActors.Protocol;

/// <summary>A statement ran to its end.</summary>
/// <param name="Tag">What it was, and how many rows it concerned. After a suspended portal the count covers the last execution
/// only.</param>
public readonly record struct CommandComplete(CommandTag Tag) : IBackendMessage<CommandComplete>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.CommandComplete;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out CommandComplete message)
    {
        message = default;
        var reader = new WireReader(body);
        if (!reader.TryReadCString(out ReadOnlySpan<byte> text) || !reader.AtEnd || !CommandTag.TryParse(text, out var tag))
            return false;
        message = new CommandComplete(tag);
        return true;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        writer.BeginMessage(Type);
        Tag.Write(writer);
        writer.WriteByte(0);
        writer.EndMessage();
    }
}
