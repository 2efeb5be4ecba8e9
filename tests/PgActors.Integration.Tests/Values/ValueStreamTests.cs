using System.IO.Pipelines;
using PgActors.Rows;
using PgActors.Testing;

namespace PgActors.Integration.Tests.Values;

[Collection(nameof(ProcessWide))]
public sealed class ValueStreamTests
{
    private const int HalfGigabyte = 500_000_000;
    private const long MemoryBound = 8 << 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Half_a_gigabyte_is_read_with_a_few_megabytes()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync();
        var (memory, slabs) = (GC.GetTotalMemory(forceFullCollection: true), RowSlab.Outstanding);
        await using var value = await db.QueryStreamAsync(
            $"select convert_to(repeat('0123456789', {HalfGigabyte / 10}), 'UTF8')", Token);
        Assert.Equal(HalfGigabyte, value!.Length);
        var buffer = new byte[100_000];
        long read = 0, growth = 0;
        int most = 0, got;
        while ((got = await value.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, Token)) > 0)
        {
            Assert.Equal((byte)'0', buffer[0]);
            Assert.Equal((byte)'9', buffer[got - 1]);
            read += got;
            Assert.Equal(read, value.Position);
            if (read % 25_000_000 == 0)
            {
                growth = Math.Max(growth, GC.GetTotalMemory(forceFullCollection: true) - memory);
                most = Math.Max(most, RowSlab.Outstanding - slabs);
            }
        }

        Assert.Equal(HalfGigabyte, read);
        Assert.InRange(growth, long.MinValue, MemoryBound);
        Assert.InRange(most, 0, (int)(MemoryBound / RowSlab.DefaultSize));
    }

    [Fact]
    public async Task Text_is_read_as_text_and_through_a_pipe()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync();
        await using (var value = await db.QueryStreamAsync($"select repeat('aé€', {500_000})", Token))
        using (var text = new StreamReader(value!))
            Assert.Equal(string.Concat(Enumerable.Repeat("aé€", 500_000)), await text.ReadToEndAsync(Token));

        var pipe = PipeReader.Create((await db.QueryStreamAsync($"select convert_to(repeat('x', {3_000_000}), 'UTF8')", Token))!);
        long length = 0;
        for (ReadResult result; !(result = await pipe.ReadAsync(Token)).IsCompleted; pipe.AdvanceTo(result.Buffer.End))
            length += result.Buffer.Length;
        await pipe.CompleteAsync();
        Assert.Equal(3_000_000, length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(65_530)]
    [InlineData(1_000_000)]
    public async Task Value_of_any_length_is_copied_whole(int length)
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync();
        await using var value = await db.QueryStreamAsync($"select convert_to(repeat('x', {length}), 'UTF8')", Token);
        using var copy = new MemoryStream();
        await value!.CopyToAsync(copy, Token);
        Assert.Equal(Enumerable.Repeat((byte)'x', length), copy.ToArray());
        Assert.Equal(length, await db.QuerySingleAsync<int>($"select {length}", Token));
    }

    [Fact]
    public async Task No_row_and_null_are_null()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync();
        Assert.Null(await db.QueryStreamAsync("select null::bytea", Token));
        Assert.Null(await db.QueryStreamAsync("select 'x' where false", Token));
    }

    [Fact]
    public async Task More_columns_or_rows_are_refused()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync();
        var columns = await Assert.ThrowsAsync<InvalidOperationException>(() => db.QueryStreamAsync("select 1, 2", Token).AsTask());
        Assert.Contains("2 columns", columns.Message, StringComparison.Ordinal);
        await using var value = await db.QueryStreamAsync("select repeat('x', 100) from generate_series(1, 2)", Token);
        var rows = await Assert.ThrowsAsync<InvalidOperationException>(() => value!.CopyToAsync(Stream.Null, Token));
        Assert.Contains("more than one row", rows.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_left_in_the_middle_gives_its_session_back()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync("max_leased_sessions=1");
        for (var i = 0; i < 3; i++)
        {
            await using var value = await db.QueryStreamAsync($"select repeat('x', {20_000_000})", Token);
            await value!.ReadExactlyAsync(new byte[10], Token);
        }

        Assert.Null(await db.QueryStreamAsync("select null::text", Token));
    }

    [Fact]
    public async Task Error_of_the_statement_is_told()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync();
        var error = await Assert.ThrowsAsync<PgServerException>(() => db.QueryStreamAsync($"select 1 / {0}", Token).AsTask());
        Assert.Equal("22012", error.SqlState);
    }

    [Fact]
    public async Task Lease_streams_values_between_its_other_commands()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync();
        await using var session = await db.LeaseAsync(Token);
        await session.ExecuteAsync("create temporary table large as select repeat('x', 1000000) as data", Token);
        await using (var value = await session.QueryStreamAsync("select data from large", Token))
            await value!.CopyToAsync(Stream.Null, Token);
        Assert.Equal(1_000_000, await session.QuerySingleAsync<int>("select length(data) from large", Token));
    }
}
