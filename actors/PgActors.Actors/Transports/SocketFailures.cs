using System.Net.Sockets;
using System.Security.Authentication;

namespace PgActors.Transports;

/// <summary>Turns what the system throws into what a <see cref="TransportException"/> says.</summary>
internal static class SocketFailures
{
    // errno of the same number on Linux, macOS and the BSDs.
    private const int NoSuchFile = 2;

    public static TransportFailure Classify(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => TransportFailure.Refused,
        SocketError.TimedOut => TransportFailure.TimedOut,
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown
            or SocketError.AddressFamilyNotSupported => TransportFailure.Unreachable,
        SocketError.AccessDenied => TransportFailure.PermissionDenied,
        // Shutdown is EPIPE: sending after the peer's reset was already reported.
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.NetworkReset or SocketError.Shutdown
            or SocketError.NotConnected => TransportFailure.Reset,
        SocketError.OperationAborted => TransportFailure.Closed,
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery => TransportFailure.HostNotFound,
        _ => TransportFailure.Other,
    };

    /// <summary>The failure of an operation on an established transport; <see langword="null"/> when the exception is not the
    /// network's, and must be left alone.</summary>
    public static TransportException? Translate(Exception exception, string peer, bool closedHere, bool encrypted)
    {
        if (exception is OperationCanceledException or TransportException)
        {
            return null;
        }

        if (closedHere || exception is ObjectDisposedException)
        {
            return new TransportException(TransportFailure.Closed, $"The transport to {peer} was closed on this side.", exception);
        }

        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socket)
            {
                var kind = Classify(socket.SocketErrorCode);
                return new TransportException(kind, $"The connection to {peer} was lost: {Explain(kind, socket)}", exception);
            }
        }

        return exception switch
        {
            IOException { InnerException: null } => new TransportException(
                TransportFailure.Reset, $"The connection to {peer} was cut off in the middle of a TLS record.", exception),
            IOException or AuthenticationException when encrypted => new TransportException(
                TransportFailure.TlsFailed,
                $"TLS to {peer} broke: {Innermost(exception).Message} If the server wants a client certificate, check the one given.",
                exception),
            IOException => new TransportException(
                TransportFailure.Other, $"The connection to {peer} failed: {exception.Message}", exception),
            _ => null,
        };
    }

    /// <summary>The failure of connecting to a Unix socket.</summary>
    public static TransportException UnixConnect(string path, SocketException exception)
    {
        var isAbstract = path.StartsWith('@');

        // Windows answers "refused" for a missing file, so the file itself is asked too.
        var isMissing = !isAbstract && (exception.NativeErrorCode == NoSuchFile || !File.Exists(path))
            && exception.SocketErrorCode != SocketError.AccessDenied;
        var kind = isMissing ? TransportFailure.NoSuchSocketFile : Classify(exception.SocketErrorCode);
        var text = kind switch
        {
            TransportFailure.NoSuchSocketFile =>
                "there is no such file. Is the server running on this machine, with this port and this unix_socket_directories?",
            TransportFailure.Refused => isAbstract
                ? "no server listens on this abstract name."
                : "no server listens on it; the file may be left over from a server that was killed.",
            TransportFailure.PermissionDenied =>
                "permission denied. Check unix_socket_permissions and that this user may enter the directory.",
            _ => exception.Message,
        };
        return new TransportException(kind, $"Cannot connect to socket {path}: {text}", exception);
    }

    /// <summary>What a kind of failure means and what to check, as the end of a sentence.</summary>
    public static string Explain(TransportFailure kind, SocketException exception) => kind switch
    {
        TransportFailure.Refused => "connection refused. Is the server running there, and does its listen_addresses include this address?",
        TransportFailure.TimedOut => "the peer did not answer in time. Check firewalls and that the host is up.",
        TransportFailure.Unreachable => $"unreachable ({exception.SocketErrorCode}). Check the route to this network.",
        TransportFailure.PermissionDenied => "this system forbids the connection (firewall or sandbox).",
        TransportFailure.Reset => "reset by the peer.",
        _ => $"{exception.Message} ({exception.SocketErrorCode}).",
    };

    public static Exception Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception;
    }
}
