using System.Net;
using System.Net.Sockets;

namespace PgActors.Transports;

/// <summary>
/// Opens TCP and Unix sockets. A host's addresses are tried as RFC 8305 ("Happy Eyeballs") says: the next one starts when the one before
/// failed or had <see cref="TransportSettings.AttemptStagger"/> alone, all within the caller's token, and the first to answer wins. Safe to
/// use from many threads at once; it holds nothing that wants disposing.
/// </summary>
public sealed class SocketConnector : ITransportConnector
{
    private readonly TransportSettings _settings;
    private readonly TimeProvider _time;
    private readonly HostResolver _resolve;

    /// <summary>Makes a connector.</summary>
    /// <param name="settings">How sockets are set up.</param>
    /// <param name="time">The clock that staggers the attempts.</param>
    /// <param name="resolve">How names become addresses; the system's resolver when <see langword="null"/>.</param>
    public SocketConnector(TransportSettings settings, TimeProvider time, HostResolver? resolve = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(time);
        _settings = settings;
        _time = time;
        _resolve = resolve ?? (static async (host, ct) => await Dns.GetHostAddressesAsync(host, ct).ConfigureAwait(false));
    }

    /// <summary>The transports this connector has opened and closed.</summary>
    public TransportCounters Counters { get; } = new();

    /// <inheritdoc/>
    public async ValueTask<ITransport> ConnectAsync(TransportEndpoint endpoint, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return endpoint.SocketPath is { } path
            ? await ConnectUnixAsync(endpoint, path, ct).ConfigureAwait(false)
            : await ConnectTcpAsync(endpoint, ct).ConfigureAwait(false);
    }

    private async ValueTask<SocketTransport> ConnectTcpAsync(TransportEndpoint endpoint, CancellationToken ct)
    {
        var addresses = await AddressesAsync(endpoint, ct).ConfigureAwait(false);
        if (LocalConnect.TryConnect(_settings, addresses, endpoint.Port, out var near) is { } connected)
            return Wrap(connected, endpoint, near!);
        var race = new AddressRace(endpoint, _settings, _time);
        try
        {
            var (socket, address) = await race.RunAsync(addresses, ct).ConfigureAwait(false);
            return Wrap(socket, endpoint, address);
        }
        catch (OperationCanceledException exception) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(race.Describe(), exception, ct);
        }
    }

    private SocketTransport Wrap(Socket socket, TransportEndpoint endpoint, IPAddress address)
    {
        var name = endpoint.HostAddress is not null || endpoint.Host == address.ToString() ? $"{endpoint}" : $"{endpoint} ({address})";
        return new SocketTransport(socket, new TransportFacts { RemoteEndpoint = name }, Counters);
    }

    private async ValueTask<IReadOnlyList<IPAddress>> AddressesAsync(TransportEndpoint endpoint, CancellationToken ct)
    {
        if (endpoint.HostAddress is { } given)
        {
            return [given];
        }

        var host = endpoint.Host!;
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }

        IReadOnlyList<IPAddress> addresses;
        try
        {
            addresses = await _resolve(host, ct).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            // ArgumentException: the resolver's word for a name that cannot be one, such as one longer than 255 characters.
            throw NotFound(endpoint, exception.Message, exception);
        }

        return addresses.Count > 0 ? addresses : throw NotFound(endpoint, "it has no address.", null);
    }

    private async ValueTask<SocketTransport> ConnectUnixAsync(TransportEndpoint endpoint, string path, CancellationToken ct)
    {
        UnixDomainSocketEndPoint address;
        try
        {
            address = new UnixDomainSocketEndPoint(path.StartsWith('@') ? $"\0{path.AsSpan(1)}" : path);
        }
        catch (Exception exception) when (exception is ArgumentException or PlatformNotSupportedException)
        {
            throw new TransportException(
                TransportFailure.InvalidEndpoint,
                $"Cannot connect to {endpoint}: this system has no such socket path. It may be longer than the system's limit (107 bytes "
                + "on Linux, 103 on macOS), or abstract where only files are known.",
                exception);
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            SocketOptions.Apply(_settings, socket);
            await socket.ConnectAsync(address, ct).ConfigureAwait(false);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw SocketFailures.UnixConnect(path, exception);
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }

        return new SocketTransport(socket, new TransportFacts { RemoteEndpoint = endpoint.ToString(), IsUnixSocket = true }, Counters);
    }

    private static TransportException NotFound(TransportEndpoint endpoint, string reason, Exception? inner)
        => new(
            TransportFailure.HostNotFound,
            $"Cannot connect to {endpoint}: the host name was not found ({reason.TrimEnd('.')}). Check its spelling and the name service; "
            + "the next attempt asks again.",
            inner);
}
