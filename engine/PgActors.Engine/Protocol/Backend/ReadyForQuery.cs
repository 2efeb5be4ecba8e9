namespace PgActors.Protocol;

/// <summary>The server is done with one <see cref="Sync"/>, <see cref="Query"/> or <see cref="FunctionCall"/>: exactly one for
/// each.</summary>
/// <param name="Status">Where the session stands.</param>
public readonly record struct ReadyForQuery(TransactionStatus Status) : IBackendMessage<ReadyForQuery>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.ReadyForQuery;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out ReadyForQuery message)
    {
        message = default;
        if (body is not [var status]
            || (TransactionStatus)status is not (TransactionStatus.Idle or TransactionStatus.InTransaction or TransactionStatus.Failed))
        {
            return false;
        }

        message = new ReadyForQuery((TransactionStatus)status);
        return true;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        writer.BeginMessage(Type);
        writer.WriteByte((byte)Status);
        writer.EndMessage();
    }
}
