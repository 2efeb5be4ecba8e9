namespace PgActors.Protocol;

/// <summary>The described statement or portal returns no rows; stands where <see cref="RowDescription"/> would.</summary>
public readonly record struct NoData : IBackendMessage<NoData>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.NoData;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out NoData message)
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
