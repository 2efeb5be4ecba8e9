namespace PgActors.Protocol;

/// <summary>Asks what a statement takes and returns (<see cref="ParameterDescription"/>, then <see cref="RowDescription"/> or
/// <see cref="NoData"/>) or what a portal returns (the latter only). Only a portal's answer has the real formats.</summary>
/// <param name="Target">Whether a statement or a portal is meant.</param>
/// <param name="Name">Its name; empty is the unnamed one. The server reads only the first 63 bytes.</param>
public readonly record struct Describe(StatementOrPortal Target, string Name) : IFrontendMessage<Describe>
{
    /// <inheritdoc/>
    public static byte Type => (byte)FrontendMessageType.Describe;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out Describe message)
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

        message = new Describe((StatementOrPortal)target, name);
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
