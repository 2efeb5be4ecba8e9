namespace PgActors.Protocol;

/// <summary>Runs a portal: answered by its <see cref="DataRow"/>s and then one of <see cref="CommandComplete"/>,
/// <see cref="PortalSuspended"/> and <see cref="EmptyQueryResponse"/>, or by a COPY.</summary>
/// <param name="Portal">The portal's name; empty is the unnamed one.</param>
/// <param name="MaxRows">Rows after which to suspend; 0 or less is no limit. Heeded only by portals that return rows.</param>
public readonly record struct Execute(string Portal, int MaxRows) : IFrontendMessage<Execute>
{
    /// <inheritdoc/>
    public static byte Type => (byte)FrontendMessageType.Execute;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out Execute message)
    {
        message = default;
        var reader = new WireReader(body);
        if (!reader.TryReadCString(out string portal) || !reader.TryReadInt32(out var maxRows) || !reader.AtEnd)
            return false;
        message = new Execute(portal, maxRows);
        return true;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        writer.BeginMessage(Type);
        writer.WriteCString(Portal);
        writer.WriteInt32(MaxRows);
        writer.EndMessage();
    }
}
