namespace PgActors.Protocol;

/// <summary>Prepares one statement: answered by <see cref="ParseComplete"/>.</summary>
/// <param name="Statement">The statement's name; empty is the unnamed one. Only its first 63 bytes count for the server, so two longer
/// names can be the same.</param>
/// <param name="Sql">The text of at most one statement; may be empty.</param>
/// <param name="ParameterTypes">The parameters' type OIDs; 0, and any left out at the end, are inferred.</param>
public readonly record struct Parse(string Statement, string Sql, WireArray<uint> ParameterTypes) : IFrontendMessage<Parse>
{
    /// <inheritdoc/>
    public static byte Type => (byte)FrontendMessageType.Parse;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out Parse message)
    {
        message = default;
        var reader = new WireReader(body);
        if (!reader.TryReadCString(out string statement)
            || !reader.TryReadCString(out string sql)
            || !TypeOidList.TryRead(ref reader, out var types)
            || !reader.AtEnd)
        {
            return false;
        }

        message = new Parse(statement, sql, types);
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">More than 65,535 parameter types.</exception>
    public void Write(WireWriter writer)
    {
        var count = WireCount.Checked(ParameterTypes.Length, "parameter types");
        writer.BeginMessage(Type);
        writer.WriteCString(Statement);
        writer.WriteCString(Sql);
        TypeOidList.Write(writer, count, ParameterTypes);
        writer.EndMessage();
    }
}
