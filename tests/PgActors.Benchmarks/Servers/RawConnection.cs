using System.Buffers.Binary;
using System.Net.Sockets;
using PgActors.Protocol;

namespace PgActors.Benchmarks.Servers;

/// <summary>
/// The yardstick: a socket that sends bytes which were encoded beforehand, and looks at no more of the answer than its message headers.
/// No client can do less for the same answers.
/// </summary>
internal sealed class RawConnection : IDisposable
{
    private const string Statement = "s";
    private const int HeaderSize = 5;

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    private RawConnection(Socket socket) => _socket = socket;

    /// <summary>Connects as a user whom the server trusts.</summary>
    public static async Task<RawConnection> ConnectAsync(BenchmarkServer server, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var connection = new RawConnection(socket);
        try
        {
            await socket.ConnectAsync(server.Endpoint, cancellationToken);
            var options = server.PgActors();
            using var writer = new WireWriter();
            new StartupMessage(ProtocolVersion.Version30, WireArray.Adopt(new[]
            {
                new StartupParameter("user", options.User),
                new StartupParameter("database", options.Database ?? options.User),
            })).Write(writer);
            await connection.SendAsync(writer.WrittenMemory);
            await connection.DrainAsync(1);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Prepares the one statement that this connection runs.</summary>
    /// <param name="sql">Its text.</param>
    /// <param name="types">OIDs of its parameters.</param>
    public async Task PrepareAsync(string sql, params uint[] types)
    {
        using var writer = new WireWriter();
        new Parse(Statement, sql, WireArray.Adopt(types)).Write(writer);
        default(Sync).Write(writer);
        await SendAsync(writer.WrittenMemory);
        await DrainAsync(1);
    }

    /// <summary>Bind, Execute and Sync of the prepared statement, all values binary.</summary>
    /// <param name="parameters">The parameters' bytes.</param>
    public static byte[] Encode(params byte[][] parameters) => EncodeMany([parameters], syncsEach: true);

    /// <summary>Many executions of the prepared statement.</summary>
    /// <param name="executions">For each its parameters' bytes.</param>
    /// <param name="syncsEach">Whether each has a Sync of its own; otherwise there is one behind the last.</param>
    public static byte[] EncodeMany(IEnumerable<byte[][]> executions, bool syncsEach)
    {
        using var writer = new WireWriter();
        foreach (var parameters in executions)
        {
            Write(writer, parameters);
            if (syncsEach)
                default(Sync).Write(writer);
        }

        if (!syncsEach)
            default(Sync).Write(writer);
        return writer.WrittenSpan.ToArray();
    }

    private static void Write(WireWriter writer, byte[][] parameters)
    {
        new Bind(
            "",
            Statement,
            WireArray.Adopt(new[] { DataFormat.Binary }),
            WireArray.Adopt(parameters.Select(value => (WireArray<byte>?)WireArray.Adopt(value)).ToArray()),
            WireArray.Adopt(new[] { DataFormat.Binary })).Write(writer);
        new Execute("", 0).Write(writer);
    }

    /// <summary>An int4 as a parameter.</summary>
    public static byte[] Encode(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await _socket.SendAsync(bytes)..];
    }

    /// <summary>Receives until that many ReadyForQuery have come.</summary>
    /// <returns>How many DataRows came before them.</returns>
    public async ValueTask<long> DrainAsync(int readies)
    {
        var rows = 0L;
        while (true)
        {
            readies -= Walk(ref rows);
            if (readies <= 0)
                return rows;
            if (_end == _buffer.Length)
            {
                _buffer.AsSpan(_start.._end).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }

            var received = await _socket.ReceiveAsync(_buffer.AsMemory(_end));
            if (received == 0)
                throw new IOException("The server closed the connection.");
            _end += received;
        }
    }

    public void Dispose() => _socket.Dispose();

    // Steps over all whole messages.
    private int Walk(ref long rows)
    {
        var readies = 0;
        while (_end - _start >= HeaderSize)
        {
            var size = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start + 1)) + 1;
            if (_end - _start < size)
                break;
            switch ((BackendMessageType)_buffer[_start])
            {
                case BackendMessageType.ReadyForQuery:
                    readies++;
                    break;
                case BackendMessageType.DataRow:
                    rows++;
                    break;
                case BackendMessageType.ErrorResponse:
                    throw new IOException("The server reported an error.");
            }

            _start += size;
        }

        if (_start == _end)
            _start = _end = 0;
        return readies;
    }
}
