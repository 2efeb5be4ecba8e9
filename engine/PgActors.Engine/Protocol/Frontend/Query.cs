namespace PgActors.Protocol;

/// <summary>Runs text of one or many statements and is answered by their results and one <see cref="ReadyForQuery"/> (the simple
/// query).</summary>
/// <param name="Sql">The text; it may hold no statement at all.</param>
public readonly record struct Query(string Sql) : IFrontendMessage<Query>
{
    /// <inheritdoc/>
    public static byte Type => (byte)FrontendMessageType.Query;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out Query message)
    {
        message = default;
        var reader = new WireReader(body);
        if (!reader.TryReadCString(out string sql) || !reader.AtEnd)
            return false;
        message = new Query(sql);
        return true;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        writer.BeginMessage(Type);
        writer.WriteCString(Sql);
        writer.EndMessage();
    }
}
