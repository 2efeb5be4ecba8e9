using System.Net.Sockets;
using PgActors.Transports;

namespace PgActors.Actors.Tests.Transports;

/// <summary>Counts what the whole process allocates, so it runs while no other test does.</summary>
[Collection(nameof(TransportAllocationTests))]
[CollectionDefinition(nameof(TransportAllocationTests), DisableParallelization = true)]
public sealed class TransportAllocationTests
{
    private const int Rounds = 4000;

    // The smallest object there is has 24 bytes: one per operation would show as four times this. The rest is what the test host does.
    private const double MostPerOperation = 6;

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
            long allocated = 0;
            for (var i = -Rounds; i < Rounds; i++)
            {
                allocated = i == 0 ? GC.GetTotalAllocatedBytes(precise: true) : allocated;
                await client.SendAsync(buffer, CancellationToken.None);
                peer.Receive(buffer);
            }

            AssertNone(GC.GetTotalAllocatedBytes(precise: true) - allocated);
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
            var (sent, received) = (new byte[256 * 1024], new byte[256 * 1024]);
            const int FewRounds = 200;
            long allocated = 0;
            for (var i = -FewRounds; i < FewRounds; i++)
            {
                allocated = i == 0 ? GC.GetTotalAllocatedBytes(precise: true) : allocated;
                var send = client.SendAsync(sent, CancellationToken.None);
                Assert.False(send.IsCompleted);
                for (var left = received.Length; left > 0;)
                {
                    left -= peer.Receive(received, left, SocketFlags.None);
                }

                await send;
            }

            AssertNone((GC.GetTotalAllocatedBytes(precise: true) - allocated) * Rounds / FewRounds);
            peer.Dispose();
        }
    }

    private static async Task AssertReceivesAllocateNothingAsync(SocketTransport client, Stream server, CancellationToken ct)
    {
        var (received, sent) = (new byte[64], new byte[1]);
        long allocated = 0;
        for (var i = -Rounds; i < Rounds; i++)
        {
            allocated = i == 0 ? GC.GetTotalAllocatedBytes(precise: true) : allocated;
            var receive = client.ReceiveAsync(received, ct);
            Assert.False(receive.IsCompleted);
            server.Write(sent);
            await receive;
        }

        AssertNone(GC.GetTotalAllocatedBytes(precise: true) - allocated);
    }

    private static void AssertNone(long bytes) => Assert.InRange(bytes / (double)Rounds, 0, MostPerOperation);
}
