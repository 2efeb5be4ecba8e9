using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace PgActors.Transports;

/// <summary>Sets a socket up as <see cref="TransportSettings"/> says, before it connects: buffer sizes decide the window that the
/// handshake offers, and TCP_USER_TIMEOUT then covers the handshake too.</summary>
internal static class SocketOptions
{
    // <netinet/in.h> and <linux/tcp.h>.
    public const int TcpLevel = 6;
    public const int TcpUserTimeout = 18;

    // <asm-generic/socket.h>.
    private const int SocketLevel = 1;
    private const int ReceiveLowWaterMark = 18;

    // The kernel's bounds: MAX_TCP_KEEPIDLE, MAX_TCP_KEEPINTVL and MAX_TCP_KEEPCNT of <net/tcp.h>.
    private const int MaxKeepAliveSeconds = 32767;
    private const int MaxKeepAliveCount = 127;

    public static void Apply(TransportSettings settings, Socket socket)
    {
        if (settings.SendBufferBytes is { } send)
        {
            socket.SendBufferSize = send;
        }

        if (settings.ReceiveBufferBytes is { } receive)
        {
            socket.ReceiveBufferSize = receive;
        }

        if (socket.AddressFamily == AddressFamily.Unix)
        {
            return;
        }

        socket.NoDelay = true;
        if (settings.KeepAlive)
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            SetTcp(socket, SocketOptionName.TcpKeepAliveTime, Seconds(settings.KeepAliveIdle));
            SetTcp(socket, SocketOptionName.TcpKeepAliveInterval, Seconds(settings.KeepAliveInterval));
            SetTcp(socket, SocketOptionName.TcpKeepAliveRetryCount,
                settings.KeepAliveCount is { } count ? Math.Clamp(count, 1, MaxKeepAliveCount) : null);
        }

        if (settings.TcpUserTimeout is { } timeout && OperatingSystem.IsLinux())
        {
            var milliseconds = (int)Math.Clamp(timeout.TotalMilliseconds, 0, int.MaxValue);
            try
            {
                socket.SetRawSocketOption(TcpLevel, TcpUserTimeout, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in milliseconds)));
            }
            catch (SocketException exception) when (IsUnknown(exception))
            {
                // See SetTcp.
            }
        }
    }

    /// <summary>See <see cref="ITransport.SetLowWaterMark"/>. Lowering wakes whoever waits (tcp_set_rcvlowat, since Linux 4.18).</summary>
    public static void SetLowWaterMark(Socket socket, int bytes)
    {
        if (!OperatingSystem.IsLinux() || socket.AddressFamily == AddressFamily.Unix)
        {
            return;
        }

        try
        {
            socket.SetRawSocketOption(SocketLevel, ReceiveLowWaterMark, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in bytes)));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // A wish. If the connection is gone, the next operation tells.
        }
    }

    private static void SetTcp(Socket socket, SocketOptionName name, int? value)
    {
        if (value is null)
        {
            return;
        }

        try
        {
            socket.SetSocketOption(SocketOptionLevel.Tcp, name, value.Value);
        }
        catch (SocketException exception) when (IsUnknown(exception))
        {
            // A system that has no such option still connects: the defaults must not make it unusable. A value it refuses is an error.
        }
    }

    private static bool IsUnknown(SocketException exception)
        => exception.SocketErrorCode is SocketError.ProtocolOption or SocketError.OperationNotSupported;

    private static int? Seconds(TimeSpan? time)
        => time is { } value ? (int)Math.Clamp(Math.Round(value.TotalSeconds), 1, MaxKeepAliveSeconds) : null;
}
