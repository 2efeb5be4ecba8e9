using System.Net.Sockets;
using PgActors.Transports;

namespace PgActors.Actors.Tests.Transports;

/// <summary>Counts what the whole process allocates, so it runs while no other test does.</summary>
[Collection(nameof(TransportAllocationTests))]
[CollectionDefinition(nameof(TransportAllocationTests), DisableParallelization = true)]
public sealed class TransportAllocationTests
{
    private const int Batches = 10;
    private const int Rounds = 500;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Receive_that_waits_allocates_nothing(bool withToken)
    {
        using var server = LoopbackServer.Tcp();
        using var stop = new CancellationTokenSource();
        var (client, peer) = await server.ConnectAsync();
        await using var stream = new NetworkStream(peer, ownsSocket: true);
        await using (client)
        {
            await AssertReceivesAllocateNothingAsync(client, stream, withToken ? stop.Token : CancellationToken.None);
        }
    }

    [Fact]
    public async Task Receive_under_tls_allocates_nothing()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Server("localhost", ["localhost"]);
        await using var pair = await TlsPair.ConnectAsync(certificate);
        await pair.ShakeAsync(new TlsSettings { TargetHost = "localhost", RootCertificates = authority.Roots });
        await AssertReceivesAllocateNothingAsync(pair.Client, pair.Server, CancellationToken.None);
    }

    [Fact]
    public async Task Send_allocates_nothing()
    {
        using var server = LoopbackServer.Tcp();
        var (client, peer) = await server.ConnectAsync();
        await using (client)
        {
            var buffer = new byte[64];
            await AssertNothingAllocatedAsync(async () =>
            {
                for (var i = 0; i < Rounds; i++)
                {
                    await client.SendAsync(buffer, CancellationToken.None);
                    peer.Receive(buffer);
                }
            });
            peer.Dispose();
        }
    }

    [Fact]
    public async Task Send_that_waits_allocates_nothing()
    {
        using var server = LoopbackServer.Tcp(new TransportSettings { SendBufferBytes = 4096, ReceiveBufferBytes = 4096 });
        var (client, peer) = await server.ConnectAsync();
        await using (client)
        {
            var (sent, received) = (new byte[32 * 1024], new byte[32 * 1024]);
            await AssertNothingAllocatedAsync(async () =>
            {
                for (var i = 0; i < Rounds; i++)
                {
                    var send = client.SendAsync(sent, CancellationToken.None);
                    Assert.False(send.IsCompleted);
                    for (var left = received.Length; left > 0;)
                    {
                        left -= peer.Receive(received, left, SocketFlags.None);
                    }

                    await send;
                }
            });
            peer.Dispose();
        }
    }

    private static Task AssertReceivesAllocateNothingAsync(SocketTransport client, Stream server, CancellationToken ct)
    {
        var (received, sent) = (new byte[64], new byte[1]);
        return AssertNothingAllocatedAsync(async () =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                var receive = client.ReceiveAsync(received, ct);
                Assert.False(receive.IsCompleted);
                server.Write(sent);
                await receive;
            }
        });
    }

    /// <summary>Takes the best of many batches: the first ones warm up, and what the test host does beside can only add. The smallest
    /// object there is has 24 bytes, so one in each operation could not hide under the bound; a batch's own task does.</summary>
    private static async Task AssertNothingAllocatedAsync(Func<Task> batch)
    {
        var best = long.MaxValue;
        for (var i = 0; i < Batches; i++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await batch();
            best = Math.Min(best, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.InRange(best / (double)Rounds, 0, 3);
    }
}
