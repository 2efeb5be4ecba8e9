using PgActors.Protocol;

namespace PgActors.Sessions;

/// <summary>
/// Writes the messages of a command in one go. It is the hot path's own writer: the parameters arrive encoded, and no message object is
/// made on the way.
/// </summary>
internal static class CommandEncoder
{
    /// <summary>Parse.</summary>
    public static void WriteParse(WireWriter writer, ReadOnlySpan<byte> name, SqlStatement statement)
    {
        writer.BeginMessage((byte)FrontendMessageType.Parse);
        writer.WriteCString(name);
        writer.WriteBytes(statement.Utf8);
        writer.WriteByte(0);
        var types = statement.ParameterTypes;
        writer.WriteUInt16((ushort)types.Length);
        foreach (var oid in types)
            writer.WriteUInt32(oid);
        writer.EndMessage();
    }

    /// <summary>Bind: all parameters binary, and results as asked.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="portal">The portal's name; empty for the unnamed one.</param>
    /// <param name="statement">The prepared statement's name; empty for the unnamed one.</param>
    /// <param name="parameterCount">How many parameters.</param>
    /// <param name="parameters">For each a length word and its bytes, as they go on the wire.</param>
    /// <param name="formats">The format of each column of the result; empty for binary, however many there are.</param>
    /// <exception cref="ArgumentException">More than 65,535 parameters. Nothing was written.</exception>
    public static void WriteBind(
        WireWriter writer, ReadOnlySpan<byte> portal, ReadOnlySpan<byte> statement, int parameterCount, ReadOnlySpan<byte> parameters,
        ReadOnlySpan<DataFormat> formats = default)
    {
        var count = WireCount.Checked(parameterCount, "parameters");
        writer.BeginMessage((byte)FrontendMessageType.Bind);
        writer.WriteCString(portal);
        writer.WriteCString(statement);
        writer.WriteUInt16(1);
        writer.WriteUInt16((ushort)DataFormat.Binary);
        writer.WriteUInt16(count);
        writer.WriteBytes(parameters);
        EndBind(writer, formats.IsEmpty ? [DataFormat.Binary] : formats);
        writer.EndMessage();
    }

    /// <summary>The first part of a Bind whose parameters are written piece by piece. They must follow, and then
    /// <see cref="EndBind"/>.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="portal">The portal's name; empty for the unnamed one.</param>
    /// <param name="statement">The prepared statement's name; empty for the unnamed one.</param>
    /// <param name="parameterCount">How many parameters.</param>
    /// <param name="parameterBytes">Bytes of all parameters, length words included.</param>
    /// <param name="formatCount">How many formats <see cref="EndBind"/> will write.</param>
    /// <exception cref="ArgumentException">More than 65,535 parameters, or the message would be too large. Nothing was written.</exception>
    public static void BeginBind(
        WireWriter writer,
        ReadOnlySpan<byte> portal,
        ReadOnlySpan<byte> statement,
        int parameterCount,
        long parameterBytes,
        int formatCount)
    {
        // The length word, two terminators, and the counts: of parameter formats, one format, of parameters, of result formats.
        const int Fixed = sizeof(int) + 2 + (4 * sizeof(ushort));
        var count = WireCount.Checked(parameterCount, "parameters");
        var length = checked(Fixed + portal.Length + statement.Length + parameterBytes + (formatCount * (long)sizeof(ushort)));
        if (length > WireWriter.MaxMessageLength)
            throw new WireLimitException(length);
        writer.WriteByte((byte)FrontendMessageType.Bind);
        writer.WriteInt32((int)length);
        writer.WriteCString(portal);
        writer.WriteCString(statement);
        writer.WriteUInt16(1);
        writer.WriteUInt16((ushort)DataFormat.Binary);
        writer.WriteUInt16(count);
    }

    /// <summary>The last part of a Bind: the formats of the result's columns.</summary>
    public static void EndBind(WireWriter writer, ReadOnlySpan<DataFormat> formats)
    {
        writer.WriteUInt16(WireCount.Checked(formats.Length, "result columns"));
        foreach (var format in formats)
            writer.WriteUInt16((ushort)format);
    }

    /// <summary>Describe of a portal.</summary>
    public static void WriteDescribe(WireWriter writer, ReadOnlySpan<byte> portal)
    {
        writer.BeginMessage((byte)FrontendMessageType.Describe);
        writer.WriteByte((byte)'P');
        writer.WriteCString(portal);
        writer.EndMessage();
    }

    /// <summary>Describe of a prepared statement.</summary>
    public static void WriteDescribeStatement(WireWriter writer, ReadOnlySpan<byte> statement)
    {
        writer.BeginMessage((byte)FrontendMessageType.Describe);
        writer.WriteByte((byte)'S');
        writer.WriteCString(statement);
        writer.EndMessage();
    }

    /// <summary>Execute of a portal.</summary>
    public static void WriteExecute(WireWriter writer, ReadOnlySpan<byte> portal, int rowLimit)
    {
        writer.BeginMessage((byte)FrontendMessageType.Execute);
        writer.WriteCString(portal);
        writer.WriteInt32(rowLimit);
        writer.EndMessage();
    }

    /// <summary>Close of a prepared statement.</summary>
    public static void WriteClose(WireWriter writer, ReadOnlySpan<byte> statement)
    {
        writer.BeginMessage((byte)FrontendMessageType.Close);
        writer.WriteByte((byte)'S');
        writer.WriteCString(statement);
        writer.EndMessage();
    }

    /// <summary>Close of a portal.</summary>
    public static void WriteClosePortal(WireWriter writer, ReadOnlySpan<byte> portal)
    {
        writer.BeginMessage((byte)FrontendMessageType.Close);
        writer.WriteByte((byte)'P');
        writer.WriteCString(portal);
        writer.EndMessage();
    }

    /// <summary>Bytes of a Sync.</summary>
    public const int SyncLength = 5;

    /// <summary>Sync.</summary>
    public static void WriteSync(WireWriter writer) => writer.WriteBytes("S\0\0\0\u0004"u8);

    /// <summary>Flush.</summary>
    public static void WriteFlush(WireWriter writer) => writer.WriteBytes("H\0\0\0\u0004"u8);

    /// <summary>Query.</summary>
    public static void WriteQuery(WireWriter writer, SqlStatement statement)
    {
        writer.BeginMessage((byte)FrontendMessageType.Query);
        writer.WriteBytes(statement.Utf8);
        writer.WriteByte(0);
        writer.EndMessage();
    }

    /// <summary>Terminate.</summary>
    public static void WriteTerminate(WireWriter writer) => writer.WriteBytes("X\0\0\0\u0004"u8);
}
