namespace PgActors.Protocol;

/// <summary>Closes a statement, with all portals made from it, or a portal: answered by <see cref="CloseComplete"/>, also if there is
/// none.</summary>
/// <param name="Target">Whether a statement or a portal is meant.</param>
/// <param name="Name">Its name; empty is the unnamed one. The server reads only the first 63 bytes.</param>
public readonly record struct Close(StatementOrPortal Target, string Name) : IFrontendMessage<Close>
{
    /// <inheritdoc/>
    public static byte Type => (byte)FrontendMessageType.Close;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out Close message)
    {
        message = default;
        var reader = new WireReader(body);
        if (!reader.TryReadByte(out var target)
            || (StatementOrPortal)target is not (StatementOrPortal.Statement or StatementOrPortal.Portal)
            || !reader.TryReadCString(out string name)
            || !reader.AtEnd)
        {
            return false;
        }

        message = new Close((StatementOrPortal)target, name);
        return true;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        writer.BeginMessage(Type);
        writer.WriteByte((byte)Target);
        writer.WriteCString(Name);
        writer.EndMessage();
    }
}
