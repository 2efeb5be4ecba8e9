using PgActors.Testing;
using PgActors.Transports;

namespace PgActors.Actors.Tests.Transports;

public sealed class MemoryTransportTests
{
    private static readonly byte[] Ten = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bytes_arrive_in_order_in_both_directions()
    {
        var (client, server) = MemoryTransport.CreatePair();
        await client.SendAsync(Ten, Ct);
        await client.SendAsync(Ten, Ct);
        await server.SendAsync(new byte[] { 7 }, Ct);
        Assert.Equal((byte[])[.. Ten, .. Ten], await ReceiveOnceAsync(server));
        Assert.Equal([7], await ReceiveOnceAsync(client));
        Assert.Equal((2, 20, 1, 1), (client.Sends, client.BytesSent, client.Receives, client.BytesReceived));
        Assert.Equal((1, 1, 1, 20), (server.Sends, server.BytesSent, server.Receives, server.BytesReceived));
    }

    [Fact]
    public void Waiting_receive_is_resumed_by_the_send()
    {
        var (client, server) = MemoryTransport.CreatePair();
        var buffer = new byte[16];
        var receive = server.ReceiveAsync(buffer, Ct).AsTask();
        Assert.False(receive.IsCompleted);
        Assert.Equal((true, 1), (server.IsReceivePending, server.PendingOperations));

        var send = client.SendAsync(Ten, Ct);

        Assert.True(send.IsCompletedSuccessfully);
        Assert.True(receive.IsCompletedSuccessfully);
        Assert.Equal(0, server.PendingOperations);
        Assert.Equal(Ten, buffer[..10]);
    }

    [Fact]
    public async Task Send_over_the_capacity_waits_for_room()
    {
        var (client, server) = MemoryTransport.CreatePair(server: new MemoryTransportOptions { Capacity = 4 });
        var send = client.SendAsync(Ten, Ct).AsTask();
        Assert.False(send.IsCompleted);
        Assert.True(client.IsSendPending);
        Assert.Equal((4, 4), (server.UnreceivedBytes, client.BytesSent));

        Assert.Equal([0, 1, 2, 3], await ReceiveOnceAsync(server));
        Assert.False(send.IsCompleted);
        Assert.Equal([4, 5, 6, 7], await ReceiveOnceAsync(server));
        Assert.True(send.IsCompletedSuccessfully);
        Assert.Equal([8, 9], await ReceiveOnceAsync(server));
    }

    [Fact]
    public async Task Receives_are_bounded_and_split_where_told()
    {
        var options = new MemoryTransportOptions { MaxBytesPerReceive = 4, SplitAt = [1, 6] };
        var (client, server) = MemoryTransport.CreatePair(server: options);
        await client.SendAsync(Ten, Ct);
        Assert.Equal([0], await ReceiveOnceAsync(server));
        Assert.Equal([1, 2, 3, 4], await ReceiveOnceAsync(server));
        Assert.Equal([5], await ReceiveOnceAsync(server));
        Assert.Equal([6, 7, 8, 9], await ReceiveOnceAsync(server));
    }

    [Fact]
    public async Task Ended_direction_delivers_what_waits_and_leaves_the_other_open()
    {
        var (client, server) = MemoryTransport.CreatePair();
        await client.SendAsync(Ten, Ct);
        client.CompleteSending();
        Assert.Equal(Ten, await ReceiveOnceAsync(server));
        Assert.Equal(0, await server.ReceiveAsync(new byte[4], Ct));
        Assert.Equal(0, await server.ReceiveAsync(new byte[4], Ct));
        await server.SendAsync(Ten, Ct);
        Assert.Equal(Ten, await ReceiveOnceAsync(client));
        Assert.Equal(TransportFailure.Closed, (await Traffic.FailureAsync(() => client.SendAsync(Ten, Ct).AsTask())).Kind);
    }

    [Fact]
    public async Task Waiting_receive_is_ended_by_the_end()
    {
        var (client, server) = MemoryTransport.CreatePair();
        var receive = server.ReceiveAsync(new byte[4], Ct).AsTask();
        client.CompleteSending();
        Assert.Equal(0, await receive);
    }

    [Fact]
    public async Task Abort_fails_both_ends_and_loses_what_waits()
    {
        var (client, server) = MemoryTransport.CreatePair(server: new MemoryTransportOptions { Capacity = 4 });
        var clientReceive = client.ReceiveAsync(new byte[4], Ct).AsTask();
        var clientSend = client.SendAsync(Ten, Ct).AsTask();

        client.Abort();
        client.Abort();

        Assert.True(client.WasAborted);
        Assert.Equal((0, 0), (client.PendingOperations, server.UnreceivedBytes));
        Assert.Equal(TransportFailure.Closed, (await Traffic.FailureAsync(() => clientReceive)).Kind);
        Assert.Equal(TransportFailure.Closed, (await Traffic.FailureAsync(() => clientSend)).Kind);
        Assert.Equal(TransportFailure.Closed, (await Traffic.FailureAsync(() => client.SendAsync(Ten, Ct).AsTask())).Kind);
        Assert.Equal(TransportFailure.Reset, (await Traffic.FailureAsync(() => server.ReceiveAsync(new byte[4], Ct).AsTask())).Kind);
        Assert.Equal(TransportFailure.Reset, (await Traffic.FailureAsync(() => server.SendAsync(Ten, Ct).AsTask())).Kind);
    }

    [Fact]
    public async Task Abort_wakes_the_peers_waiting_operations()
    {
        var (client, server) = MemoryTransport.CreatePair(client: new MemoryTransportOptions { Capacity = 4 });
        var receive = server.ReceiveAsync(new byte[4], Ct).AsTask();
        var send = server.SendAsync(Ten, Ct).AsTask();
        client.Abort();
        Assert.Equal(TransportFailure.Reset, (await Traffic.FailureAsync(() => receive)).Kind);
        Assert.Equal(TransportFailure.Reset, (await Traffic.FailureAsync(() => send)).Kind);
    }

    [Fact]
    public async Task Dispose_lets_the_peer_read_to_the_end_and_resets_what_it_sends()
    {
        var (client, server) = MemoryTransport.CreatePair();
        var receive = client.ReceiveAsync(new byte[4], Ct).AsTask();
        await client.SendAsync(Ten, Ct);
        await client.DisposeAsync();
        Assert.True(client.IsClosed);
        Assert.False(client.WasAborted);
        Assert.Equal(TransportFailure.Closed, (await Traffic.FailureAsync(() => receive)).Kind);
        Assert.Equal(Ten, await ReceiveOnceAsync(server));
        Assert.Equal(0, await server.ReceiveAsync(new byte[4], Ct));
        Assert.Equal(TransportFailure.Reset, (await Traffic.FailureAsync(() => server.SendAsync(Ten, Ct).AsTask())).Kind);
    }

    [Fact]
    public async Task Cancelled_receive_loses_no_byte()
    {
        var (client, server) = MemoryTransport.CreatePair();
        using var stop = new CancellationTokenSource();
        var buffer = new byte[16];
        var receive = server.ReceiveAsync(buffer, stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receive);
        Assert.Equal(0, server.PendingOperations);
        await client.SendAsync(Ten, Ct);
        Assert.Equal(new byte[16], buffer);
        Assert.Equal(Ten, await ReceiveOnceAsync(server));
    }

    [Fact]
    public async Task Cancelled_send_keeps_what_was_taken()
    {
        var (client, server) = MemoryTransport.CreatePair(server: new MemoryTransportOptions { Capacity = 4 });
        using var stop = new CancellationTokenSource();
        var send = client.SendAsync(Ten, stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => send);
        Assert.Equal([0, 1, 2, 3], await ReceiveOnceAsync(server));
        Assert.Equal(0, server.UnreceivedBytes);
    }

    [Fact]
    public async Task Cancelling_after_the_end_of_an_operation_changes_nothing()
    {
        var (client, server) = MemoryTransport.CreatePair();
        using var stop = new CancellationTokenSource();
        var first = server.ReceiveAsync(new byte[16], stop.Token).AsTask();
        await client.SendAsync(Ten, Ct);
        var second = server.ReceiveAsync(new byte[16], Ct).AsTask();
        await stop.CancelAsync();
        Assert.Equal(10, await first);
        Assert.False(second.IsCompleted);
    }

    [Fact]
    public async Task Schedule_decides_when_a_waiting_operation_resumes()
    {
        var scheduled = new Queue<Action>();
        var (client, server) = MemoryTransport.CreatePair(schedule: scheduled.Enqueue);
        var receive = server.ReceiveAsync(new byte[16], Ct).AsTask();
        await client.SendAsync(Ten, Ct);
        Assert.False(receive.IsCompleted);
        Assert.Equal(0, server.UnreceivedBytes);
        scheduled.Dequeue()();
        Assert.Equal(10, await receive);
        Assert.Empty(scheduled);
    }

    [Fact]
    public async Task Overlapping_operations_of_one_direction_are_refused()
    {
        var (client, _) = MemoryTransport.CreatePair(server: new MemoryTransportOptions { Capacity = 4 });
        var receive = client.ReceiveAsync(new byte[4], Ct).AsTask();
        var send = client.SendAsync(Ten, Ct).AsTask();
        Assert.Equal(2, client.PendingOperations);
        Assert.Throws<InvalidOperationException>(() => { _ = client.ReceiveAsync(new byte[4], Ct).AsTask(); });
        Assert.Throws<InvalidOperationException>(() => { _ = client.SendAsync(Ten, Ct).AsTask(); });
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.StartTlsAsync(Settings(), Ct).AsTask());
        client.Abort();
        await Traffic.FailureAsync(() => receive);
        await Traffic.FailureAsync(() => send);
    }

    [Fact]
    public async Task Many_threads_move_every_byte()
    {
        const int Count = 1024 * 1024;
        var small = new MemoryTransportOptions { Capacity = 1000, MaxBytesPerReceive = 333 };
        var (client, server) = MemoryTransport.CreatePair(small, small, schedule: action => ThreadPool.QueueUserWorkItem(_ => action()));
        var bytes = Traffic.Bytes(Count);
        var sends = Task.WhenAll(client.SendAsync(bytes, Ct).AsTask(), server.SendAsync(bytes, Ct).AsTask());
        var receives = await Task.WhenAll(Traffic.ReceiveAsync(client, Count), Traffic.ReceiveAsync(server, Count));
        await sends;
        Assert.Equal(bytes, receives[0]);
        Assert.Equal(bytes, receives[1]);
    }

    [Fact]
    public async Task Tls_records_its_settings_and_changes_the_facts()
    {
        byte[] certificate = [1, 2, 3];
        var (client, server) = MemoryTransport.CreatePair(
            new MemoryTransportOptions { Tls = _ => new MemoryTlsAnswer { ServerCertificate = certificate } },
            endpoint: TransportEndpoint.Tcp("db", 5432));
        await client.StartTlsAsync(Settings(), Ct);
        Assert.Equal([Settings()], client.TlsStarts);
        Assert.Equal(
            new TransportFacts
            {
                RemoteEndpoint = "db port 5432",
                IsEncrypted = true,
                ServerCertificate = certificate,
                TlsVersion = TlsVersion.Tls13,
                ApplicationProtocol = "postgresql",
                ChecksPassed = CertificateChecks.Full,
                ServerVerified = true,
            },
            client.Facts);
        await client.SendAsync(Ten, Ct);
        Assert.Equal(Ten, await ReceiveOnceAsync(server));
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.StartTlsAsync(Settings(), Ct).AsTask());
    }

    [Fact]
    public async Task Scripted_tls_failure_closes_the_transport()
    {
        var options = new MemoryTransportOptions { Tls = _ => MemoryTlsAnswer.Fails(TransportFailure.CertificateRejected, "no") };
        var (client, _) = MemoryTransport.CreatePair(options);
        var failure = await Traffic.FailureAsync(() => client.StartTlsAsync(Settings(), Ct).AsTask());
        Assert.Equal((TransportFailure.CertificateRejected, "no"), (failure.Kind, failure.Message));
        Assert.True(client.WasAborted);
        Assert.Single(client.TlsStarts);
    }

    [Fact]
    public async Task Tls_behind_waiting_plaintext_is_refused()
    {
        var (client, server) = MemoryTransport.CreatePair();
        await server.SendAsync("Sx"u8.ToArray(), Ct);
        await client.ReceiveAsync(new byte[1], Ct);
        var failure = await Traffic.FailureAsync(() => client.StartTlsAsync(Settings(), Ct).AsTask());
        Assert.Equal(TransportFailure.PlaintextBeforeTls, failure.Kind);
    }

    [Fact]
    public async Task Tls_without_the_required_application_protocol_is_refused()
    {
        var options = new MemoryTransportOptions { Tls = _ => new MemoryTlsAnswer { ApplicationProtocol = null } };
        var (client, _) = MemoryTransport.CreatePair(options);
        var failure = await Traffic.FailureAsync(() => client.StartTlsAsync(Settings() with { RequireAlpn = true }, Ct).AsTask());
        Assert.Equal(TransportFailure.AlpnMissing, failure.Kind);
    }

    [Fact]
    public async Task Stalled_tls_ends_by_the_token_or_an_abort()
    {
        var options = new MemoryTransportOptions { Tls = _ => new MemoryTlsAnswer { Stalls = true } };
        var (cancelled, _) = MemoryTransport.CreatePair(options);
        using var stop = new CancellationTokenSource();
        var start = cancelled.StartTlsAsync(Settings(), stop.Token).AsTask();
        Assert.Equal(1, cancelled.PendingOperations);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        Assert.True(cancelled.WasAborted);

        var (aborted, _) = MemoryTransport.CreatePair(options);
        start = aborted.StartTlsAsync(Settings(), Ct).AsTask();
        aborted.Abort();
        Assert.Equal(TransportFailure.Closed, (await Traffic.FailureAsync(() => start)).Kind);
        Assert.Equal(0, aborted.PendingOperations);
    }

    private static TlsSettings Settings() => new() { TargetHost = "db" };

    private static async Task<byte[]> ReceiveOnceAsync(MemoryTransport transport)
    {
        var buffer = new byte[64];
        var count = await transport.ReceiveAsync(buffer, Ct);
        return buffer[..count];
    }
}
