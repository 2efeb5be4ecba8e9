using System.Net.Sockets;
using System.Text;
using PgActors.Integration.Tests.Servers;
using PgActors.Testing;

namespace PgActors.Integration.Tests.Faults;

public sealed class FaultProxyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Plain_proxy_forwards_and_counts()
    {
        await using var echo = new EchoServer();
        await using var proxy = FaultProxy.Start(echo.EndPoint);
        using var client = await ConnectAsync(proxy);

        await SendAsync(client, "hello");

        Assert.Equal("hello", await ReadAsync(client, 5));
        Assert.Equal((1, 5, 5), (proxy.ConnectionCount, proxy.BytesToServer, proxy.BytesToClient));
    }

    [Fact]
    public async Task End_of_one_direction_passes_while_the_other_goes_on()
    {
        await using var echo = new EchoServer();
        await using var proxy = FaultProxy.Start(echo.EndPoint);
        using var client = await ConnectAsync(proxy);

        await SendAsync(client, "last words");
        client.Shutdown(SocketShutdown.Send);

        Assert.Equal("last words", await ReadToEndAsync(client));
        Assert.True(await echo.FirstEnd);
        await (await proxy.ConnectionAsync(1, Token)).Ended.WaitAsync(Token);
    }

    [Theory]
    [InlineData(FaultDirection.ToClient, 0)]
    [InlineData(FaultDirection.ToClient, 3)]
    [InlineData(FaultDirection.ToServer, 3)]
    public async Task Close_after_n_bytes_delivers_exactly_those_to_both_sides(FaultDirection direction, int bytes)
    {
        await using var echo = new EchoServer();
        await using var proxy = FaultProxy.Start(echo.EndPoint).OnEveryConnection(FaultPlan.Forward.CutAfter(direction, bytes));
        using var client = await ConnectAsync(proxy);
        if (bytes > 0)
        {
            await SendAsync(client, "hello");
        }

        var seen = await ReadToEndAsync(client);

        Assert.True(await echo.FirstEnd);
        if (direction == FaultDirection.ToClient)
        {
            Assert.Equal("hello"[..bytes], seen);
        }
        else
        {
            Assert.Equal(bytes, proxy.BytesToServer);
        }
    }

    [Fact]
    public async Task Reset_after_n_bytes_delivers_those_and_fails_both_sides()
    {
        await using var echo = new EchoServer();
        await using var proxy = FaultProxy.Start(echo.EndPoint)
            .OnEveryConnection(FaultPlan.Forward.CutAfter(FaultDirection.ToClient, 3, FaultCut.Reset));
        using var client = await ConnectAsync(proxy);

        await SendAsync(client, "hello");

        Assert.Equal("hel", await ReadAsync(client, 3));
        var failure = await Assert.ThrowsAsync<SocketException>(() => ReadAsync(client, 1));
        Assert.Equal(SocketError.ConnectionReset, failure.SocketErrorCode);
        Assert.False(await echo.FirstEnd);
        Assert.Equal(3, proxy.BytesToClient);
    }

    [Theory]
    [InlineData(FaultCut.Close)]
    [InlineData(FaultCut.Reset)]
    public async Task Cut_by_command_ends_an_idle_connection(FaultCut cut)
    {
        await using var echo = new EchoServer();
        await using var proxy = FaultProxy.Start(echo.EndPoint);
        using var client = await ConnectAsync(proxy);
        await SendAsync(client, "a");
        await ReadAsync(client, 1);

        proxy.CutAll(cut);

        if (cut == FaultCut.Close)
        {
            Assert.Equal("", await ReadToEndAsync(client));
        }
        else
        {
            await Assert.ThrowsAsync<SocketException>(() => ReadAsync(client, 1));
        }

        Assert.Equal(cut == FaultCut.Close, await echo.FirstEnd);
    }

    [Fact]
    public async Task Held_bytes_pass_when_released_and_not_before()
    {
        await using var echo = new EchoServer();
        await using var proxy = FaultProxy.Start(echo.EndPoint);
        using var client = await ConnectAsync(proxy);
        var connection = await proxy.ConnectionAsync(1, Token);
        connection.Hold(FaultDirection.ToClient);
        await SendAsync(client, "hello");
        await connection.ArrivedAsync(FaultDirection.ToClient, 5, Token);
        Assert.Equal(0, connection.BytesToClient);

        connection.Release(FaultDirection.ToClient, 2);
        Assert.Equal("he", await ReadAsync(client, 2));
        Assert.Equal(2, connection.BytesToClient);

        connection.Release(FaultDirection.ToClient);
        Assert.Equal("llo", await ReadAsync(client, 3));
    }

    [Fact]
    public async Task Stalled_direction_takes_everything_and_gives_nothing()
    {
        await using var echo = new EchoServer();
        await using var proxy = FaultProxy.Start(echo.EndPoint).OnEveryConnection(FaultPlan.Forward.StallAfter(FaultDirection.ToServer, 2));
        using var client = await ConnectAsync(proxy);
        var connection = await proxy.ConnectionAsync(1, Token);
        var much = new string('x', 1_000_000);

        await SendAsync(client, much);
        await connection.ArrivedAsync(FaultDirection.ToServer, much.Length, Token);

        Assert.Equal("xx", await ReadAsync(client, 2));
        Assert.Equal((2, 2), (connection.BytesToServer, connection.BytesToClient));
    }

    [Fact]
    public async Task Small_chunks_arrive_whole()
    {
        await using var echo = new EchoServer();
        await using var proxy = FaultProxy.Start(echo.EndPoint).OnEveryConnection(
            FaultPlan.Forward.InChunksOf(FaultDirection.ToClient, 1).InChunksOf(FaultDirection.ToServer, 3));
        using var client = await ConnectAsync(proxy);

        await SendAsync(client, "one byte at a time");

        Assert.Equal("one byte at a time", await ReadAsync(client, 18));
        Assert.Equal((18, 18), (proxy.BytesToServer, proxy.BytesToClient));
    }

    [Fact]
    public async Task Silent_proxy_accepts_and_never_calls_the_server()
    {
        using var closed = ClosedPort.Reserve();
        await using var proxy = FaultProxy.Start(closed.EndPoint).OnEveryConnection(FaultPlan.NeverAnswer);
        using var client = await ConnectAsync(proxy);

        await SendAsync(client, "anybody?");
        await (await proxy.ConnectionAsync(1, Token)).ArrivedAsync(FaultDirection.ToServer, 8, Token);

        Assert.Equal((0, 0), (proxy.BytesToServer, proxy.BytesToClient));
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal("", await ReadToEndAsync(client));
    }

    [Fact]
    public async Task Only_the_named_connection_gets_its_plan()
    {
        await using var echo = new EchoServer();
        await using var proxy = FaultProxy.Start(echo.EndPoint).OnConnection(2, FaultPlan.Forward.CutAfter(FaultDirection.ToClient, 1));
        using var first = await ConnectAsync(proxy);
        await proxy.ConnectionAsync(1, Token);
        using var second = await ConnectAsync(proxy);
        Assert.Equal(2, (await proxy.ConnectionAsync(2, Token)).Number);
        await SendAsync(first, "abc");
        await SendAsync(second, "abc");

        Assert.Equal("a", await ReadToEndAsync(second));
        Assert.Equal("abc", await ReadAsync(first, 3));
    }

    [Fact]
    public async Task Refusing_proxy_keeps_its_port_and_accepts_again()
    {
        await using var echo = new EchoServer();
        await using var proxy = FaultProxy.Start(echo.EndPoint);

        proxy.RefuseConnections();
        Assert.True(await RawClient.RefusesAsync(proxy.Port, Token));
        proxy.AcceptConnections();

        using var client = await ConnectAsync(proxy);
        await SendAsync(client, "back");
        Assert.Equal("back", await ReadAsync(client, 4));
    }

    [Fact]
    public async Task Unreachable_server_resets_the_client()
    {
        using var closed = ClosedPort.Reserve();
        await using var proxy = FaultProxy.Start(closed.EndPoint);

        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            using var client = await ConnectAsync(proxy);
            await ReadAsync(client, 1);
        });
        await Assert.ThrowsAsync<IOException>(
            async () => await (await proxy.ConnectionAsync(1, Token)).ForwardedAsync(FaultDirection.ToClient, 1, Token));
    }

    [Fact]
    public async Task Strange_listener_answers_http()
    {
        await using var strange = StrangeListener.StartHttp();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(strange.EndPoint, Token);
        await using var stream = new NetworkStream(client);

        Assert.Equal('H', await RawClient.FirstAnswerAsync(stream, "postgres", "postgres", Token));
        Assert.EndsWith("Bad Request\n", await ReadToEndAsync(client), StringComparison.Ordinal);
        Assert.Equal(1, strange.ConnectionCount);
    }

    [Fact]
    public async Task Real_server_behind_a_proxy_can_be_cut_in_the_middle_of_its_first_answer()
    {
        var server = await PostgresServer.Shared();
        await using var proxy = FaultProxy.Start(server.TcpEndPoint)
            .OnEveryConnection(FaultPlan.Forward.CutAfter(FaultDirection.ToClient, 7));
        using var client = await ConnectAsync(proxy);

        await using var stream = new NetworkStream(client);
        Assert.Equal('R', await RawClient.FirstAnswerAsync(stream, "postgres", "postgres", Token));
        Assert.Equal(6, (await ReadToEndAsync(client)).Length);
    }

    private static async Task<Socket> ConnectAsync(FaultProxy proxy)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(proxy.EndPoint, Token);
        return client;
    }

    private static async Task SendAsync(Socket client, string text)
    {
        ReadOnlyMemory<byte> rest = Encoding.ASCII.GetBytes(text);
        while (!rest.IsEmpty)
        {
            rest = rest[await client.SendAsync(rest, Token)..];
        }
    }

    private static async Task<string> ReadAsync(Socket client, int count)
    {
        var bytes = new byte[count];
        for (var filled = 0; filled < count;)
        {
            var received = await client.ReceiveAsync(bytes.AsMemory(filled), Token);
            Assert.NotEqual(0, received);
            filled += received;
        }

        return Encoding.ASCII.GetString(bytes);
    }

    private static async Task<string> ReadToEndAsync(Socket client)
    {
        var text = new StringBuilder();
        var bytes = new byte[4096];
        while (await client.ReceiveAsync(bytes, Token) is > 0 and var received)
        {
            text.Append(Encoding.Latin1.GetString(bytes, 0, received));
        }

        return text.ToString();
    }
}
