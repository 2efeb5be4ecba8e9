using PgActors.Transports;

namespace PgActors.Actors.Tests.Transports;

/// <summary>Bytes to send whose place in the stream can be seen, and the two ways to move them.</summary>
internal static class Traffic
{
    public static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }

    public static async Task<byte[]> ReceiveAsync(ITransport transport, int count)
    {
        var ct = TestContext.Current.CancellationToken;
        var bytes = new byte[count];
        var done = 0;
        while (done < count)
        {
            var received = await transport.ReceiveAsync(bytes.AsMemory(done), ct);
            Assert.NotEqual(0, received);
            done += received;
        }

        return bytes;
    }

    public static async Task EchoAsync(Stream stream, int count)
    {
        var ct = TestContext.Current.CancellationToken;
        var buffer = new byte[32 * 1024];
        for (var left = count; left > 0;)
        {
            var received = await stream.ReadAsync(buffer, ct);
            Assert.NotEqual(0, received);
            await stream.WriteAsync(buffer.AsMemory(0, received), ct);
            left -= received;
        }
    }

    public static async Task AssertEchoAsync(ITransport transport, Stream server, int count)
    {
        var sent = Bytes(count);
        var echo = EchoAsync(server, count);
        var send = transport.SendAsync(sent, TestContext.Current.CancellationToken).AsTask();
        var received = await ReceiveAsync(transport, count);
        await send;
        await echo;
        Assert.Equal(sent, received);
    }

    public static async Task<TransportException> FailureAsync(Func<Task> action)
        => await Assert.ThrowsAsync<TransportException>(action);
}
