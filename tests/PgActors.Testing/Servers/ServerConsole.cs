using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PgActors.Testing;

/// <summary>
/// The launcher's own connection to a server: trust authentication and the simple query protocol, nothing else. It shares no code with the
/// engine, so that a defect there cannot hide in the tests' own set-up.
/// </summary>
internal sealed class ServerConsole : IAsyncDisposable
{
    // PostgreSQL documentation, "Message Formats": 3.0 in the start-up message.
    private const int ProtocolVersion = 3 << 16;

    private readonly NetworkStream _stream;

    private ServerConsole(NetworkStream stream) => _stream = stream;

    /// <summary>Connects and waits until the server is ready for a query.</summary>
    /// <exception cref="PostgresServerException">The server refused.</exception>
    /// <exception cref="SocketException">Nobody listens.</exception>
    /// <exception cref="IOException">The connection ended.</exception>
    public static async Task<ServerConsole> ConnectAsync(
        EndPoint endPoint, string user, string database, CancellationToken cancellationToken)
    {
        var protocol = endPoint.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp;
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, protocol);
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var console = new ServerConsole(new NetworkStream(socket, ownsSocket: true));
        try
        {
            var parameters = Encoding.UTF8.GetBytes($"user\0{user}\0database\0{database}\0application_name\0{user}\0\0");
            var message = new byte[8 + parameters.Length];
            BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
            BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), ProtocolVersion);
            parameters.CopyTo(message, 8);
            await console._stream.WriteAsync(message, cancellationToken);
            await console.ReadUntilReadyAsync(cancellationToken);
            return console;
        }
        catch
        {
            await console.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs SQL; the rows of all its statements, as text.</summary>
    /// <exception cref="PostgresServerException">A statement failed.</exception>
    public async Task<IReadOnlyList<IReadOnlyList<string?>>> QueryAsync(string sql, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetBytes(sql);
        var message = new byte[6 + text.Length];
        message[0] = (byte)'Q';
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), 5 + text.Length);
        text.CopyTo(message, 5);
        await _stream.WriteAsync(message, cancellationToken);
        return await ReadUntilReadyAsync(cancellationToken);
    }

    /// <summary>Says Terminate and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _stream.WriteAsync(new byte[] { (byte)'X', 0, 0, 0, 4 });
        }
        catch (IOException)
        {
            // The server was first.
        }

        await _stream.DisposeAsync();
    }

    private async Task<IReadOnlyList<IReadOnlyList<string?>>> ReadUntilReadyAsync(CancellationToken cancellationToken)
    {
        var rows = new List<IReadOnlyList<string?>>();
        string? error = null;
        var header = new byte[5];
        while (true)
        {
            try
            {
                await _stream.ReadExactlyAsync(header, cancellationToken);
                var body = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1)) - 4];
                await _stream.ReadExactlyAsync(body, cancellationToken);
                switch ((char)header[0])
                {
                    case 'D':
                        rows.Add(ReadRow(body));
                        break;
                    case 'E':
                        error = ReadError(body);
                        break;
                    case 'R' when BinaryPrimitives.ReadInt32BigEndian(body) != 0:
                        throw new PostgresServerException("The server asks the launcher's own role for a password.");
                    case 'Z':
                        return error is null ? rows : throw new PostgresServerException(error);
                    default:
                        break;
                }
            }
            catch (IOException) when (error is not null)
            {
                // A FATAL error: the end of the stream follows it.
                throw new PostgresServerException(error);
            }
        }
    }

    private static List<string?> ReadRow(byte[] body)
    {
        var columns = new List<string?>();
        var rest = body.AsSpan(2);
        for (var left = BinaryPrimitives.ReadInt16BigEndian(body); left > 0; left--)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(rest);
            rest = rest[4..];
            columns.Add(length < 0 ? null : Encoding.UTF8.GetString(rest[..length]));
            rest = rest[Math.Max(length, 0)..];
        }

        return columns;
    }

    // Fields of a letter and a zero-terminated string each: S severity, C SQLSTATE, M message.
    private static string ReadError(byte[] body)
    {
        var fields = Encoding.UTF8.GetString(body).Split('\0')
            .Where(field => field.Length > 1)
            .ToLookup(field => field[0], field => field[1..]);
        return $"{fields['S'].FirstOrDefault()} {fields['C'].FirstOrDefault()}: {fields['M'].FirstOrDefault()}";
    }
}
