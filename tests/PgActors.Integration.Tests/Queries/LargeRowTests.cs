namespace PgActors.Integration.Tests.Queries;

/// <summary>What rows of unusual size cost.</summary>
[Collection(nameof(ProcessWide))]
public sealed class LargeRowTests(TestServers servers)
{
    private const int Size = 200 << 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Row_of_200_megabytes_costs_its_value_and_a_buffer_that_doubled()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        Assert.Equal(1, await db.Query<int>("select 1").FirstAsync(Token));
        var before = GC.GetTotalAllocatedBytes();

        byte[]? value = null;
        await foreach (var bytes in db.Query<byte[]>("select decode(repeat('ab', " + Size + "), 'hex')").WithCancellation(Token))
            value = bytes;

        Assert.Equal(Size, value!.Length);
        Assert.False(value.AsSpan().ContainsAnyExcept((byte)0xAB));

        // 64 KiB, 128 KiB … 256 MiB is less than 512 MiB; the value itself; and some for everything else.
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, Size, Size + (600L << 20));
        Assert.Equal([1], await db.Query<int>("select 1").ToListAsync(Token));
    }

    [Fact]
    public async Task Row_above_the_limit_is_refused_before_it_is_read()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1&max_message_bytes=1MB");
        var before = GC.GetTotalAllocatedBytes();

        var refused = await Assert.ThrowsAsync<PgConnectionException>(
            async () => await db.Query<byte[]>("select decode(repeat('ab', 50000000), 'hex')").ToListAsync(Token));

        Assert.Equal(Sessions.SessionFailureKind.ProtocolViolation, refused.Kind);
        Assert.Contains("max_message_bytes", refused.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 8 << 20);
        Assert.Equal([1], await db.Query<int>("select 1").ToListAsync(Token));
    }
}
