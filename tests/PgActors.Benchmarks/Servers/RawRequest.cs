using System.Buffers.Binary;
using PgActors.Protocol;

namespace PgActors.Benchmarks.Servers;

/// <summary>Requests as bytes, encoded before anything is measured.</summary>
internal static class RawRequest
{
    private const string Statement = "s";

    /// <summary>Opens a session.</summary>
    public static byte[] Startup(string user, string database) => Encode(new StartupMessage(ProtocolVersion.Version30, WireArray.Adopt(new[]
    {
        new StartupParameter("user", user),
        new StartupParameter("database", database),
    })));

    /// <summary>Cancels what the session of a key runs. To be sent on a connection of its own.</summary>
    public static byte[] Cancel(in BackendKeyData key) => Encode(new CancelRequest(key.ProcessId, key.SecretKey));

    /// <summary>Parse and Sync of the one statement of a connection.</summary>
    /// <param name="sql">Its text.</param>
    /// <param name="types">OIDs of its parameters.</param>
    public static byte[] Prepare(string sql, params uint[] types) => Encode(new Parse(Statement, sql, WireArray.Adopt(types)), default(Sync));

    /// <summary>A statement without parameters, in one message of the simple protocol.</summary>
    public static byte[] Simple(string sql) => Encode(new Query(sql));

    /// <summary>Everything for a statement that was not prepared: Parse, Bind, Describe, Execute and Sync.</summary>
    /// <param name="sql">Its text.</param>
    /// <param name="type">OID of its parameter.</param>
    /// <param name="parameter">The parameter's bytes.</param>
    public static byte[] Once(string sql, uint type, byte[] parameter) => Encode(
        new Parse("", sql, WireArray.Adopt(new[] { type })),
        Bind("", [parameter]),
        new Describe(StatementOrPortal.Portal, ""),
        new Execute("", 0),
        default(Sync));

    /// <summary>Bind, Execute and Sync of the prepared statement, all values binary.</summary>
    /// <param name="parameters">The parameters' bytes.</param>
    public static byte[] Execution(params byte[][] parameters) => Executions([parameters], syncsEach: true);

    /// <summary>Many executions of the prepared statement.</summary>
    /// <param name="executions">For each its parameters' bytes.</param>
    /// <param name="syncsEach">Whether each has a Sync of its own; otherwise there is one behind the last.</param>
    public static byte[] Executions(IEnumerable<byte[][]> executions, bool syncsEach)
    {
        var messages = new List<IFrontendMessage>();
        foreach (var parameters in executions)
        {
            messages.Add(Bind(Statement, parameters));
            messages.Add(new Execute("", 0));
            if (syncsEach)
                messages.Add(default(Sync));
        }

        if (!syncsEach)
            messages.Add(default(Sync));
        return Encode([.. messages]);
    }

    /// <summary>An int4 as a parameter.</summary>
    public static byte[] Int4(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static Bind Bind(string statement, byte[][] parameters) => new(
        "",
        statement,
        WireArray.Adopt(new[] { DataFormat.Binary }),
        WireArray.Adopt(parameters.Select(value => (WireArray<byte>?)WireArray.Adopt(value)).ToArray()),
        WireArray.Adopt(new[] { DataFormat.Binary }));

    private static byte[] Encode(params IFrontendMessage[] messages)
    {
        using var writer = new WireWriter();
        foreach (var message in messages)
            message.Write(writer);
        return writer.WrittenSpan.ToArray();
    }
}
