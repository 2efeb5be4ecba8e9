using PgActors.Testing;
using PgActors.Transports;

namespace PgActors.Actors.Tests.Transports;

public sealed class MemoryConnectorTests
{
    private static readonly TransportEndpoint Endpoint = TransportEndpoint.Tcp("db", 5432);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_ends_wait_in_the_order_of_the_connects()
    {
        var connector = new MemoryConnector();
        var first = await connector.ConnectAsync(Endpoint, Ct);
        await connector.ConnectAsync(Endpoint, Ct);
        await first.SendAsync(new byte[] { 1 }, Ct);
        Assert.Equal(1, (await connector.AcceptAsync(Ct)).UnreceivedBytes);
        Assert.True(connector.TryAccept(out var second));
        Assert.Equal(0, second.UnreceivedBytes);
        Assert.False(connector.TryAccept(out _));
        Assert.Equal([Endpoint, Endpoint], connector.Attempts);
    }

    [Fact]
    public async Task Waiting_acceptor_gets_the_next_server_end()
    {
        var connector = new MemoryConnector();
        var accept = connector.AcceptAsync(Ct).AsTask();
        Assert.False(accept.IsCompleted);
        var client = await connector.ConnectAsync(Endpoint, Ct);
        Assert.True(accept.IsCompletedSuccessfully);
        await (await accept).SendAsync(new byte[] { 5 }, Ct);
        Assert.Equal([5], await Traffic.ReceiveAsync(client, 1));
    }

    [Fact]
    public async Task Cancelled_acceptor_takes_no_server_end()
    {
        var connector = new MemoryConnector();
        using var stop = new CancellationTokenSource();
        var accept = connector.AcceptAsync(stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => accept);
        await connector.ConnectAsync(Endpoint, Ct);
        Assert.True(connector.TryAccept(out _));
    }

    [Fact]
    public async Task Callback_takes_each_server_end_before_the_connect_completes()
    {
        var seen = new List<TransportEndpoint>();
        var connector = new MemoryConnector { Accepted = (_, endpoint) => seen.Add(endpoint) };
        await connector.ConnectAsync(Endpoint, Ct);
        Assert.Equal([Endpoint], seen);
        Assert.False(connector.TryAccept(out _));
    }

    [Fact]
    public async Task Refused_connect_throws_the_scripted_failure()
    {
        var connector = new MemoryConnector { Answer = _ => MemoryConnectAnswer.Fails(TransportFailure.Refused, "refused") };
        var failure = await Traffic.FailureAsync(() => connector.ConnectAsync(Endpoint, Ct).AsTask());
        Assert.Equal((TransportFailure.Refused, "refused"), (failure.Kind, failure.Message));
        Assert.Equal(0, connector.Counters.Opened);
        Assert.Single(connector.Attempts);
    }

    [Fact]
    public async Task Stalled_connect_waits_for_its_release_or_its_token()
    {
        var connector = new MemoryConnector { Answer = _ => MemoryConnectAnswer.Stalled };
        using var stop = new CancellationTokenSource();
        var cancelled = connector.ConnectAsync(Endpoint, stop.Token).AsTask();
        var released = connector.ConnectAsync(Endpoint, Ct).AsTask();
        Assert.Equal(2, connector.Stalled);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal(1, connector.Stalled);
        Assert.Equal(1, connector.ReleaseStalled());
        await released;
        Assert.Equal(1, connector.Counters.Live);
    }

    [Fact]
    public async Task Live_counts_client_ends_until_they_are_closed()
    {
        var connector = new MemoryConnector();
        var one = await connector.ConnectAsync(Endpoint, Ct);
        var two = await connector.ConnectAsync(Endpoint, Ct);
        Assert.Equal(2, connector.Counters.Live);
        one.Abort();
        await one.DisposeAsync();
        Assert.Equal(1, connector.Counters.Live);
        await two.DisposeAsync();
        Assert.Equal((2, 2, 0), (connector.Counters.Opened, connector.Counters.Closed, connector.Counters.Live));
    }

    [Fact]
    public async Task Options_of_the_answer_reach_both_ends()
    {
        var connector = new MemoryConnector
        {
            Answer = _ => new MemoryConnectAnswer { Server = new MemoryTransportOptions { Capacity = 2 } },
        };
        var client = (MemoryTransport)await connector.ConnectAsync(Endpoint, Ct);
        var send = client.SendAsync(new byte[3], Ct).AsTask();
        Assert.True(client.IsSendPending);
        var server = await connector.AcceptAsync(Ct);
        await Traffic.ReceiveAsync(server, 3);
        await send;
    }
}
