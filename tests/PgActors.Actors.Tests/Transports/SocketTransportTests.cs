using System.Net.Sockets;
using PgActors.Transports;

namespace PgActors.Actors.Tests.Transports;

public sealed class SocketTransportTests
{
    private const int OneMiB = 1024 * 1024;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tcp_echo_brings_every_byte_back()
    {
        using var server = LoopbackServer.Tcp();
        var (client, peer) = await server.ConnectAsync();
        await using var stream = new NetworkStream(peer, ownsSocket: true);
        await using (client)
        {
            await Traffic.AssertEchoAsync(client, stream, OneMiB);
            Assert.False(client.Facts.IsUnixSocket);
            Assert.False(client.Facts.IsEncrypted);
            Assert.Equal($"127.0.0.1 port {server.Endpoint.Port}", client.Facts.RemoteEndpoint);
        }
    }

    [Fact]
    public async Task Unix_echo_brings_every_byte_back()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix sockets as PostgreSQL names them.");
        using var server = LoopbackServer.Unix();
        var (client, peer) = await server.ConnectAsync();
        await using var stream = new NetworkStream(peer, ownsSocket: true);
        await using (client)
        {
            await Traffic.AssertEchoAsync(client, stream, OneMiB);
            Assert.True(client.Facts.IsUnixSocket);
            Assert.EndsWith("/.s.PGSQL.5432", client.Facts.RemoteEndpoint, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Abstract_socket_is_reached_by_its_at_sign()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The abstract namespace is Linux's.");
        using var server = LoopbackServer.Abstract();
        var (client, peer) = await server.ConnectAsync();
        await using var stream = new NetworkStream(peer, ownsSocket: true);
        await using (client)
        {
            await Traffic.AssertEchoAsync(client, stream, 10);
        }
    }

    [Fact]
    public async Task Small_socket_buffers_both_ways_at_once_do_not_deadlock()
    {
        const int Count = 16 * OneMiB;
        using var server = LoopbackServer.Tcp(new TransportSettings { SendBufferBytes = 4096, ReceiveBufferBytes = 4096 });
        var (client, peer) = await server.ConnectAsync();
        await using var far = new SocketTransport(peer, new TransportFacts { RemoteEndpoint = "client" });
        await using (client)
        {
            var (up, down) = (Traffic.Bytes(Count), Traffic.Bytes(Count + 1));
            var sends = Task.WhenAll(client.SendAsync(up, Ct).AsTask(), far.SendAsync(down, Ct).AsTask());
            var receives = await Task.WhenAll(Traffic.ReceiveAsync(far, up.Length), Traffic.ReceiveAsync(client, down.Length));
            await sends;
            Assert.True(up.AsSpan().SequenceEqual(receives[0]));
            Assert.True(down.AsSpan().SequenceEqual(receives[1]));
        }
    }

    [Fact]
    public async Task Receive_after_the_peer_ended_is_zero_each_time()
    {
        using var server = LoopbackServer.Tcp();
        var (client, peer) = await server.ConnectAsync();
        await using (client)
        {
            peer.Shutdown(SocketShutdown.Send);
            Assert.Equal(0, await client.ReceiveAsync(new byte[8], Ct));
            Assert.Equal(0, await client.ReceiveAsync(new byte[8], Ct));
            peer.Dispose();
        }
    }

    [Fact]
    public async Task Receive_after_a_reset_says_reset()
    {
        using var server = LoopbackServer.Tcp();
        var (client, peer) = await server.ConnectAsync();
        await using (client)
        {
            peer.Close(0);
            var failure = await Traffic.FailureAsync(() => client.ReceiveAsync(new byte[8], Ct).AsTask());
            Assert.Equal(TransportFailure.Reset, failure.Kind);
            Assert.Contains($"127.0.0.1 port {server.Endpoint.Port} was lost: reset by", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Abort_wakes_a_pending_receive_and_a_pending_send()
    {
        using var server = LoopbackServer.Tcp();
        var (client, peer) = await server.ConnectAsync();
        await using (client)
        {
            var receive = client.ReceiveAsync(new byte[8], Ct).AsTask();
            var send = client.SendAsync(new byte[64 * OneMiB], Ct).AsTask();
            Assert.False(receive.IsCompleted);
            Assert.False(send.IsCompleted);

            client.Abort();

            Assert.Equal(TransportFailure.Closed, (await Traffic.FailureAsync(() => receive)).Kind);
            Assert.Equal(TransportFailure.Closed, (await Traffic.FailureAsync(() => send)).Kind);
            Assert.Equal(TransportFailure.Closed, (await Traffic.FailureAsync(() => client.ReceiveAsync(new byte[8], Ct).AsTask())).Kind);
            Assert.Equal(TransportFailure.Closed, (await Traffic.FailureAsync(() => client.SendAsync(new byte[8], Ct).AsTask())).Kind);
            peer.Dispose();
        }
    }

    [Fact]
    public async Task Abort_resets_the_peer()
    {
        using var server = LoopbackServer.Tcp();
        var (client, peer) = await server.ConnectAsync();
        await using (client)
        {
            client.Abort();
            var failure = await Assert.ThrowsAsync<SocketException>(() => peer.ReceiveAsync(new byte[8], Ct).AsTask());
            Assert.Equal(SocketError.ConnectionReset, failure.SocketErrorCode);
            peer.Dispose();
        }
    }

    [Fact]
    public async Task Dispose_delivers_what_was_sent_and_then_the_end()
    {
        using var server = LoopbackServer.Tcp();
        var (client, peer) = await server.ConnectAsync();
        await client.SendAsync("bye"u8.ToArray(), Ct);
        await client.DisposeAsync();
        await using var stream = new NetworkStream(peer, ownsSocket: true);
        var buffer = new byte[8];
        Assert.Equal(3, await stream.ReadAsync(buffer, Ct));
        Assert.Equal(0, await stream.ReadAsync(buffer, Ct));
    }

    [Fact]
    public async Task Dispose_wakes_a_pending_receive()
    {
        using var server = LoopbackServer.Tcp();
        var (client, peer) = await server.ConnectAsync();
        var receive = client.ReceiveAsync(new byte[8], Ct).AsTask();
        await client.DisposeAsync();
        Assert.Equal(TransportFailure.Closed, (await Traffic.FailureAsync(() => receive)).Kind);
        peer.Dispose();
    }

    [Fact]
    public async Task Closing_in_every_order_counts_once()
    {
        using var server = LoopbackServer.Tcp();
        var counters = server.Connector.Counters;
        var (client, peer) = await server.ConnectAsync();
        Assert.Equal((1, 0, 1), (counters.Opened, counters.Closed, counters.Live));
        client.Abort();
        client.Abort();
        await client.DisposeAsync();
        await client.DisposeAsync();
        client.Abort();
        Assert.Equal((1, 1, 0), (counters.Opened, counters.Closed, counters.Live));
        peer.Dispose();
    }

    [Fact]
    public async Task Cancelled_receive_loses_no_byte()
    {
        using var server = LoopbackServer.Tcp();
        var (client, peer) = await server.ConnectAsync();
        await using (client)
        {
            using var stop = new CancellationTokenSource();
            var receive = client.ReceiveAsync(new byte[8], stop.Token).AsTask();
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receive);

            await peer.SendAsync("abc"u8.ToArray(), Ct);
            Assert.Equal("abc"u8.ToArray(), await Traffic.ReceiveAsync(client, 3));
            peer.Dispose();
        }
    }

    [Fact]
    public async Task Overlapping_operations_of_one_direction_are_refused()
    {
        using var server = LoopbackServer.Tcp();
        var (client, peer) = await server.ConnectAsync();
        await using (client)
        {
            var receive = client.ReceiveAsync(new byte[8], Ct).AsTask();
            await Assert.ThrowsAsync<InvalidOperationException>(() => client.ReceiveAsync(new byte[8], Ct).AsTask());
            await Assert.ThrowsAsync<InvalidOperationException>(
                () => client.StartTlsAsync(new TlsSettings { TargetHost = "h" }, Ct).AsTask());
            await peer.SendAsync("x"u8.ToArray(), Ct);
            Assert.Equal(1, await receive);
            peer.Dispose();
        }
    }

    [Fact]
    public async Task Empty_buffer_only_waits_for_something_to_receive()
    {
        using var server = LoopbackServer.Tcp();
        var (client, peer) = await server.ConnectAsync();
        await using (client)
        {
            var waiting = client.ReceiveAsync(Memory<byte>.Empty, Ct).AsTask();
            Assert.False(waiting.IsCompleted);
            await peer.SendAsync("x"u8.ToArray(), Ct);
            Assert.Equal(0, await waiting);
            Assert.Equal(0, await client.ReceiveAsync(Memory<byte>.Empty, Ct));
            var buffer = new byte[8];
            Assert.Equal(1, await client.ReceiveAsync(buffer, Ct));

            waiting = client.ReceiveAsync(Memory<byte>.Empty, Ct).AsTask();
            peer.Dispose();
            Assert.Equal(0, await waiting);
            Assert.Equal(0, await client.ReceiveAsync(buffer, Ct));
        }
    }

    [Fact]
    public async Task Wait_on_the_spot_ends_with_what_arrives_or_with_its_time()
    {
        using var server = LoopbackServer.Tcp();
        var (client, peer) = await server.ConnectAsync();
        await using (client)
        {
            Assert.False(client.AwaitArrival(milliseconds: 1));
            await peer.SendAsync("xyz"u8.ToArray(), Ct);
            Assert.True(client.AwaitArrival(milliseconds: 10_000));
            Assert.True(client.TryReceive(new byte[8], out var received));
            Assert.Equal(3, received);

            peer.Dispose();
            Assert.True(client.AwaitArrival(milliseconds: 10_000));
            Assert.True(client.TryReceive(new byte[8], out received));
            Assert.Equal(0, received);
        }
    }

    [Fact]
    public async Task Poll_takes_what_has_arrived_and_never_waits()
    {
        using var server = LoopbackServer.Tcp();
        var (client, peer) = await server.ConnectAsync();
        await using (client)
        {
            var buffer = new byte[8];
            Assert.True(client.CanPoll);
            Assert.False(client.TryReceive(buffer, out _));
            var waiting = client.ReceiveAsync(Memory<byte>.Empty, Ct).AsTask();
            Assert.Throws<InvalidOperationException>(() => client.TryReceive(buffer, out _));
            await peer.SendAsync("xyz"u8.ToArray(), Ct);
            await waiting;
            Assert.True(client.TryReceive(buffer, out var received));
            Assert.Equal("xyz"u8, buffer.AsSpan(0, received));
            Assert.False(client.TryReceive(buffer, out _));

            waiting = client.ReceiveAsync(Memory<byte>.Empty, Ct).AsTask();
            peer.Close(0);
            await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                await waiting;
                client.TryReceive(buffer, out _);
            });
        }
    }

    [Fact]
    public async Task Poll_of_an_aborted_transport_says_that_it_is_closed()
    {
        using var server = LoopbackServer.Tcp();
        var (client, peer) = await server.ConnectAsync();
        using (peer)
        await using (client)
        {
            client.Abort();
            var failure = Assert.Throws<TransportException>(() => client.TryReceive(new byte[8], out _));
            Assert.Equal(TransportFailure.Closed, failure.Kind);
        }
    }
}
