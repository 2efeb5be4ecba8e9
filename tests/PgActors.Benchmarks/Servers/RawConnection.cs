using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using PgActors.Protocol;

namespace PgActors.Benchmarks.Servers;

/// <summary>
/// The yardstick: a socket that sends bytes which were encoded beforehand (<see cref="RawRequest"/>), and looks at no more of the answer than
/// its message headers. No client can do less for the same answers.
/// </summary>
internal sealed class RawConnection : IDisposable
{
    private const int HeaderSize = 5;

    private readonly Socket _socket;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private bool _isDisposed;
    private int _start;
    private int _end;

    // Of the message whose header was read last, bytes that have not come yet.
    private int _toSkip;

    private RawConnection(Socket socket) => _socket = socket;

    /// <summary>What cancels a statement of this session, encoded.</summary>
    public byte[] CancelRequest { get; private set; } = [];

    /// <summary>Whether errors of the server are part of the plan; otherwise each is a failure of the run.</summary>
    public bool ToleratesErrors { get; set; }

    /// <summary>Connects as a user whom the server trusts.</summary>
    public static async Task<RawConnection> ConnectAsync(ServerAddress server, CancellationToken cancellationToken)
    {
        var connection = new RawConnection(new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
        try
        {
            await connection._socket.ConnectAsync(server.Endpoint, cancellationToken);
            await connection.SendAsync(server.RawStartup);
            await connection.DrainAsync(1);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sends bytes on a connection of their own and waits until the server has closed it, as it does once a cancel was
    /// delivered.</summary>
    public static async Task DeliverAsync(ServerAddress server, byte[] bytes)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server.Endpoint);
        await socket.SendAsync(bytes);
        await socket.ReceiveAsync(new byte[1]);
    }

    /// <summary>Prepares the one statement that this connection runs.</summary>
    /// <param name="sql">Its text.</param>
    /// <param name="types">OIDs of its parameters.</param>
    public async Task PrepareAsync(string sql, params uint[] types)
    {
        await SendAsync(RawRequest.Prepare(sql, types));
        await DrainAsync(1);
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await _socket.SendAsync(bytes)..];
    }

    /// <summary>Sends requests and receives meanwhile, so that neither side's buffers have to hold them all.</summary>
    /// <param name="bytes">The requests.</param>
    /// <param name="readies">How many Syncs they have.</param>
    /// <returns>How many DataRows came.</returns>
    public async ValueTask<long> RunAsync(ReadOnlyMemory<byte> bytes, int readies)
    {
        var sending = SendAsync(bytes);
        var rows = await DrainAsync(readies);
        await sending;
        return rows;
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

    /// <summary>Closes the socket. Nothing may be under way.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _socket.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
    }

    // Steps over all messages, and over the part that is there of the last one.
    private int Walk(ref long rows)
    {
        var readies = 0;
        while (true)
        {
            var step = Math.Min(_toSkip, _end - _start);
            _start += step;
            _toSkip -= step;
            if (_end - _start < HeaderSize)
                break;
            var size = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start + 1)) + 1;
            switch ((BackendMessageType)_buffer[_start])
            {
                case BackendMessageType.ReadyForQuery:
                    readies++;
                    break;
                case BackendMessageType.DataRow:
                    rows++;
                    break;
                case BackendMessageType.ErrorResponse when !ToleratesErrors:
                    throw new IOException("The server reported an error.");
                case BackendMessageType.BackendKeyData when _end - _start < size:
                    return readies;
                case BackendMessageType.BackendKeyData:
                    if (BackendKeyData.TryRead(_buffer.AsSpan(_start, size)[HeaderSize..], out var key))
                        CancelRequest = RawRequest.Cancel(key);
                    break;
            }

            _toSkip = size;
        }

        if (_start == _end)
            _start = _end = 0;
        return readies;
    }
}
