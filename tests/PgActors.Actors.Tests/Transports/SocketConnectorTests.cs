using System.Net;
using System.Net.Sockets;
using PgActors.Transports;

namespace PgActors.Actors.Tests.Transports;

public sealed class SocketConnectorTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refused_connection_names_host_port_address_and_what_to_check()
    {
        var port = FreePort();
        var failure = await FailAsync(Connector(), TransportEndpoint.Tcp("db.example", port, IPAddress.Loopback));
        Assert.Equal(TransportFailure.Refused, failure.Kind);
        Assert.Equal(
            $"Cannot connect to db.example (127.0.0.1) port {port} (tried 127.0.0.1): connection refused. "
            + "Is the server running there, and does its listen_addresses include this address?",
            failure.Message);
    }

    [Fact]
    public async Task Connect_within_the_machine_is_over_when_its_call_returns()
    {
        using var server = LoopbackServer.Tcp();
        var connecting = Connector().ConnectAsync(server.Endpoint, Ct).AsTask();
        Assert.True(connecting.IsCompletedSuccessfully);
        await (await connecting).DisposeAsync();
    }

    [Fact]
    public async Task Every_refused_address_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "All of 127/8 is loopback.");
        var connector = Connector(_ => [IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.3")]);
        var failure = await FailAsync(connector, TransportEndpoint.Tcp("db.example", FreePort()));
        Assert.Equal(TransportFailure.Refused, failure.Kind);
        Assert.Contains("none of its 2 addresses answered", failure.Message, StringComparison.Ordinal);
        Assert.Contains("127.0.0.2: connection refused.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("127.0.0.3: connection refused.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, connector.Counters.Opened);
    }

    [Fact]
    public async Task Unknown_host_is_not_found()
    {
        // RFC 6761 §6.4: .invalid never resolves.
        var failure = await FailAsync(Connector(), TransportEndpoint.Tcp("no-such-host.invalid", 5432));
        Assert.Equal(TransportFailure.HostNotFound, failure.Kind);
        Assert.StartsWith(
            "Cannot connect to no-such-host.invalid port 5432: the host name was not found (", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Impossible_host_name_is_not_found()
    {
        var failure = await FailAsync(Connector(), TransportEndpoint.Tcp(new string('a', 300), 5432));
        Assert.Equal(TransportFailure.HostNotFound, failure.Kind);
    }

    [Fact]
    public async Task Host_without_addresses_is_not_found()
    {
        var failure = await FailAsync(Connector(_ => []), TransportEndpoint.Tcp("db.example", 5432));
        Assert.Equal(TransportFailure.HostNotFound, failure.Kind);
        Assert.Contains("(it has no address)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolver_that_fails_three_times_is_asked_a_fourth_time()
    {
        using var listener = Listen(IPAddress.Loopback, out var port);
        var asked = 0;
        var connector = Connector(_ => ++asked <= 3 ? throw new SocketException((int)SocketError.TryAgain) : [IPAddress.Loopback]);
        var endpoint = TransportEndpoint.Tcp("db.example", port);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(TransportFailure.HostNotFound, (await FailAsync(connector, endpoint)).Kind);
        }

        await using var transport = await connector.ConnectAsync(endpoint, Ct);
        Assert.Equal(4, asked);
        Assert.Equal($"db.example port {port} (127.0.0.1)", transport.Facts.RemoteEndpoint);
    }

    [Fact]
    public async Task Address_in_text_form_is_not_resolved()
    {
        using var listener = Listen(IPAddress.Loopback, out var port);
        var connector = Connector(_ => throw new InvalidOperationException("Resolved."));
        await using var transport = await connector.ConnectAsync(TransportEndpoint.Tcp("127.0.0.1", port), Ct);
        Assert.Equal(1, connector.Counters.Live);
    }

    [Fact]
    public async Task Refused_address_gives_way_to_the_next()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "All of 127/8 is loopback.");
        using var listener = Listen(IPAddress.Parse("127.0.0.3"), out var port);
        var connector = Connector(_ => [IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.3")]);
        await using var transport = await connector.ConnectAsync(TransportEndpoint.Tcp("db.example", port), Ct);
        Assert.Equal($"db.example port {port} (127.0.0.3)", transport.Facts.RemoteEndpoint);
    }

    [Fact]
    public async Task Silent_address_gives_way_after_the_stagger()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "All of 127/8 is loopback, and a full backlog drops packets.");
        using var silent = await SilentListener.StartAsync(IPAddress.Parse("127.0.0.2"));
        using var listener = Listen(IPAddress.Parse("127.0.0.3"), out _, silent.Port);
        var settings = new TransportSettings { AttemptStagger = TimeSpan.FromMilliseconds(20) };
        var connector = Connector(_ => [IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.3")], settings);
        await using var transport = await connector.ConnectAsync(TransportEndpoint.Tcp("db.example", silent.Port), Ct);
        Assert.Equal($"db.example port {silent.Port} (127.0.0.3)", transport.Facts.RemoteEndpoint);
        Assert.Equal(1, connector.Counters.Opened);
    }

    [Fact]
    public async Task Cancelled_connect_names_what_was_tried()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A full backlog drops packets.");
        using var silent = await SilentListener.StartAsync(IPAddress.Parse("127.0.0.2"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var connect = Connector(_ => [IPAddress.Parse("127.0.0.2")])
            .ConnectAsync(TransportEndpoint.Tcp("db.example", silent.Port), stop.Token).AsTask();
        Assert.False(connect.IsCompleted);
        await stop.CancelAsync();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connect);
        Assert.Equal(
            $"Connecting to db.example port {silent.Port} was cancelled; tried without an answer: 127.0.0.2.", exception.Message);
    }

    [Fact]
    public void Families_alternate_in_the_resolvers_order()
    {
        IPAddress[] given = [.. new[] { "::1", "::2", "::3", "10.0.0.1", "10.0.0.2" }.Select(IPAddress.Parse)];
        Assert.Equal(["::1", "10.0.0.1", "::2", "10.0.0.2", "::3"], AddressRace.Interleave(given).Select(address => address.ToString()));
    }

    [Fact]
    public async Task Missing_socket_file_says_so()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix sockets as PostgreSQL names them.");
        var failure = await FailAsync(Connector(), TransportEndpoint.Unix("/no/such/directory", 5433));
        Assert.Equal(TransportFailure.NoSuchSocketFile, failure.Kind);
        Assert.Equal(
            "Cannot connect to socket /no/such/directory/.s.PGSQL.5433: there is no such file. Is the server running on this machine, with "
            + "this port and this unix_socket_directories?",
            failure.Message);
    }

    [Fact]
    public async Task Socket_file_without_a_server_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix sockets as PostgreSQL names them.");
        var directory = Directory.CreateTempSubdirectory("pg");
        var endpoint = TransportEndpoint.Unix(directory.FullName, 5432);
        using (var bound = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            bound.Bind(new UnixDomainSocketEndPoint(endpoint.SocketPath!));
            var failure = await FailAsync(Connector(), endpoint);
            Assert.Equal(TransportFailure.Refused, failure.Kind);
            Assert.Contains("left over from a server that was killed", failure.Message, StringComparison.Ordinal);
        }

        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Missing_abstract_socket_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The abstract namespace is Linux's.");
        var failure = await FailAsync(Connector(), TransportEndpoint.Unix("@pgactors-nobody", 5432));
        Assert.Equal(TransportFailure.Refused, failure.Kind);
        Assert.Contains("no server listens on this abstract name", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Socket_path_over_the_systems_limit_is_invalid()
    {
        var failure = await FailAsync(Connector(), TransportEndpoint.Unix($"/{new string('d', 200)}", 5432));
        Assert.Equal(TransportFailure.InvalidEndpoint, failure.Kind);
    }

    [Fact]
    public void Options_reach_the_socket()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        SocketOptions.Apply(
            new TransportSettings
            {
                KeepAliveIdle = TimeSpan.FromSeconds(7),
                KeepAliveInterval = TimeSpan.FromSeconds(3),
                KeepAliveCount = 2,
                TcpUserTimeout = TimeSpan.FromMilliseconds(12345),
            },
            socket);
        Assert.True(socket.NoDelay);
        Assert.NotEqual(0, (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive)!);
        Assert.Equal(7, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
        Assert.Equal(3, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval));
        Assert.Equal(2, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount));
        Assert.SkipUnless(OperatingSystem.IsLinux(), "TCP_USER_TIMEOUT is Linux's.");
        var timeout = new byte[sizeof(int)];
        socket.GetRawSocketOption(SocketOptions.TcpLevel, SocketOptions.TcpUserTimeout, timeout);
        Assert.Equal(12345, BitConverter.ToInt32(timeout));
    }

    [Fact]
    public void Options_over_the_kernels_bounds_are_brought_into_them()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        SocketOptions.Apply(
            new TransportSettings { KeepAliveIdle = TimeSpan.FromDays(30), KeepAliveInterval = TimeSpan.Zero, KeepAliveCount = 1000 },
            socket);
        Assert.Equal(32767, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
        Assert.Equal(1, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval));
        Assert.Equal(127, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount));
    }

    private static SocketConnector Connector(Func<string, IPAddress[]>? resolve = null, TransportSettings? settings = null)
        => new(
            settings ?? new TransportSettings(),
            TimeProvider.System,
            resolve is null ? null : (host, _) => ValueTask.FromResult<IReadOnlyList<IPAddress>>(resolve(host)));

    private static async Task<TransportException> FailAsync(SocketConnector connector, TransportEndpoint endpoint)
        => await Assert.ThrowsAsync<TransportException>(() => connector.ConnectAsync(endpoint, Ct).AsTask());

    private static int FreePort()
    {
        using var listener = Listen(IPAddress.Loopback, out var port);
        return port;
    }

    private static Socket Listen(IPAddress address, out int port, int wanted = 0)
    {
        var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(address, wanted));
        listener.Listen();
        port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        return listener;
    }

    /// <summary>Listens and never accepts, with a full backlog: the system then drops what asks to connect.</summary>
    private sealed class SilentListener : IDisposable
    {
        private readonly Socket _listener;
        private readonly List<Socket> _filling = [];

        private SilentListener(Socket listener) => _listener = listener;

        public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

        public static async Task<SilentListener> StartAsync(IPAddress address)
        {
            var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(address, 0));
            listener.Listen(0);
            var silent = new SilentListener(listener);
            while (true)
            {
                var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                silent._filling.Add(socket);
                using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
                try
                {
                    await socket.ConnectAsync(listener.LocalEndPoint!, patience.Token);
                }
                catch (OperationCanceledException)
                {
                    return silent;
                }
            }
        }

        public void Dispose()
        {
            _listener.Dispose();
            _filling.ForEach(socket => socket.Dispose());
        }
    }
}
