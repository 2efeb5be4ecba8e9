using System.IO.Pipelines;
using System.Text;
using PgActors.Sessions;
using PgActors.Testing;
using PgActors.Types;

namespace PgActors.Integration.Tests.Values;

/// <summary>Parameters that are read from streams while they are sent.</summary>
[Collection(nameof(ProcessWide))]
public sealed class StreamParameterTests
{
    private const long HalfGigabyte = 500_000_000;
    private const long MemoryBound = 8 << 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Half_a_gigabyte_is_written_with_a_few_megabytes()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync();
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        var growth = 0L;
        var looks = 0;
        var source = new PatternStream(HalfGigabyte)
        {
            Passed = position =>
            {
                if (position < looks * 50_000_000L)
                    return;
                looks++;
                growth = Math.Max(growth, GC.GetTotalMemory(forceFullCollection: true) - memory);
            },
        };

        var (length, first, last) = await db.QuerySingleAsync<(int, byte[], byte[])>(
            $"select length(v), substr(v, 1, 20), substr(v, length(v) - 9) from (values ({PgParam.Stream(source, HalfGigabyte)})) t(v)", Token);

        Assert.Equal((int)HalfGigabyte, length);
        Assert.Equal("01234567890123456789"u8.ToArray(), first);
        Assert.Equal("0123456789"u8.ToArray(), last);
        Assert.Equal(11, looks);
        Assert.InRange(growth, 0, MemoryBound);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(3_000_001)]
    public async Task Value_of_any_length_is_written_whole(int length)
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync();
        var expected = Pattern(length);
        using var memory = new MemoryStream(expected);
        Assert.Equal(expected, await db.QuerySingleAsync<byte[]>($"select {memory}", Token));
        await using var session = await db.LeaseAsync(Token);
        Assert.Equal(expected, await session.QuerySingleAsync<byte[]>($"select {PgParam.Stream(new MemoryStream(expected))}", Token));
        Assert.Equal(length, await session.QuerySingleAsync<int>($"select {length}", Token));
    }

    [Theory]
    [InlineData(PgTypeOid.Text, "text")]
    [InlineData(PgTypeOid.Json, "json")]
    [InlineData(PgTypeOid.Jsonb, "jsonb")]
    [InlineData(PgTypeOid.Xml, "xml")]
    [InlineData(PgTypeOid.Bytea, "bytea")]
    public async Task Stream_has_the_type_that_it_is_given(uint type, string name)
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync();
        var content = type == PgTypeOid.Xml ? "<a>é</a>" : "[1, \"é\"]";
        var value = PgParam.Stream(new MemoryStream(Encoding.UTF8.GetBytes(content)), typeOid: type);
        var (text, actual) = await db.QuerySingleAsync<(string, string)>(
            $"select case when pg_typeof(v)::text = 'bytea' then convert_from(v::text::bytea, 'UTF8') else v::text end, pg_typeof(v)::text from (values ({value})) t(v)",
            Token);
        Assert.Equal((content, name), (text, actual));
    }

    [Fact]
    public async Task Several_streams_stand_between_other_parameters()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync();
        var (first, second, third) = (Pattern(100_000), Array.Empty<byte>(), Pattern(70_000));
        var pipe = PipeReader.Create(new MemoryStream(third));
        var row = await db.QuerySingleAsync<(int, byte[], string, byte[], byte[], bool)>(
            $"select {7}, {new MemoryStream(first)}, {"between"}, {new MemoryStream(second)}, {PgParam.Stream(pipe, third.Length)}, {true}", Token);
        Assert.Equal((7, "between", true), (row.Item1, row.Item3, row.Item6));
        Assert.Equal((first, second, third), (row.Item2, row.Item4, row.Item5), new BytesComparer());
    }

    [Fact]
    public async Task Transaction_goes_on_after_a_stream()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync();
        await using var transaction = await db.BeginAsync(cancellationToken: Token);
        await transaction.ExecuteAsync("create temporary table blobs (n int, data bytea) on commit drop", Token);
        Assert.Equal(1, await transaction.ExecuteAsync($"insert into blobs values ({1}, {new MemoryStream(Pattern(500_000))})", Token));
        Assert.Equal(500_000, await transaction.QuerySingleAsync<int>("select length(data) from blobs", Token));
        await transaction.CommitAsync(Token);
    }

    [Fact]
    public async Task Transaction_begins_with_a_stream()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync();
        await using var transaction = await db.BeginAsync(cancellationToken: Token);
        Assert.Equal(500_000, await transaction.QuerySingleAsync<int>($"select length({new MemoryStream(Pattern(500_000))})", Token));
        Assert.True(await transaction.QuerySingleAsync<bool>("select now() < clock_timestamp()", Token));
        await transaction.CommitAsync(Token);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Source_that_fails_or_is_short_is_named_and_nothing_has_run(bool throws)
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync("max_leased_sessions=1");
        var table = Tables.NewName("streamed");
        await db.ExecuteAsync($"create table {table} (n int, data bytea)", Token);
        var fault = throws ? new InvalidDataException("secret") : null;
        var source = new PatternStream(300_000) { Fault = fault };

        var failed = await Assert.ThrowsAsync<PgConnectionException>(
            async () => await db.ExecuteAsync($"insert into {table} values ({1}, {PgParam.Stream(source, 1_000_000)})", Token));
        Assert.Equal((SessionFailureKind.SourceFailed, Outcome.RolledBack), (failed.Kind, failed.Outcome));
        Assert.Contains("parameter $2", failed.Message, StringComparison.Ordinal);
        Assert.Contains("300,000 of the 1,000,000", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failed.Message, StringComparison.Ordinal);
        Assert.Same(fault, failed.InnerException);

        // The only session was lost with it; another takes its place.
        Assert.Equal(1, await db.ExecuteAsync($"insert into {table} values ({2}, {new MemoryStream([1, 2])})", Token));
        Assert.Equal(2, await db.QuerySingleAsync<int>($"select n from {table}", Token));
    }

    [Fact]
    public async Task Source_that_fails_in_a_transaction_undoes_it()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync();
        var table = Tables.NewName("streamed");
        await db.ExecuteAsync($"create table {table} (n int, data bytea)", Token);
        await using var transaction = await db.BeginAsync(cancellationToken: Token);
        await transaction.ExecuteAsync($"insert into {table} (n) values ({1})", Token);
        await Assert.ThrowsAsync<PgConnectionException>(
            async () => await transaction.ExecuteAsync($"insert into {table} values ({1}, {PgParam.Stream(new PatternStream(10), 11)})", Token));
        await Assert.ThrowsAsync<PgTransactionException>(() => transaction.CommitAsync(Token));
        Assert.Equal(0, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }

    [Fact]
    public async Task Cancelled_midway_it_ends_at_once_and_leaves_the_source_alone()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync();
        var table = Tables.NewName("streamed");
        await db.ExecuteAsync($"create table {table} (n int, data bytea)", Token);
        using var cancel = new CancellationTokenSource();
        var source = new PatternStream(HalfGigabyte) { Passed = position => { if (position > 1_000_000) cancel.Cancel(); } };

        var cancelled = await Assert.ThrowsAsync<PgCanceledException>(
            async () => await db.ExecuteAsync($"insert into {table} values ({1}, {PgParam.Stream(source, HalfGigabyte)})", cancel.Token));
        Assert.Equal(Outcome.RolledBack, cancelled.Outcome);
        Assert.InRange(source.Position, 1_000_000, 20_000_000);
        Assert.False(source.IsRead);
        Assert.Equal(0, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }

    [Fact]
    public async Task Cancelled_while_the_source_is_silent_it_ends_at_once()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync();
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(Pattern(100), Token);
        using var cancel = new CancellationTokenSource();
        var waiting = db.ExecuteAsync($"select {PgParam.Stream(pipe.Reader, 1_000)}", cancel.Token).AsTask();
        await server.UntilAsync("1", "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'select $1%' AND application_name <> 'psql' AND state = 'active'");
        await cancel.CancelAsync();
        await Assert.ThrowsAsync<PgCanceledException>(() => waiting);
        await pipe.Reader.CompleteAsync();
    }

    [Fact]
    public async Task Statement_that_the_server_refuses_reads_nothing()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync();
        var source = new PatternStream(HalfGigabyte);
        var refused = await Assert.ThrowsAsync<PgServerException>(
            async () => await db.ExecuteAsync($"insert into no_such_table values ({PgParam.Stream(source, HalfGigabyte)})", Token));
        Assert.Equal(SqlStates.UndefinedTable, refused.SqlState);
        Assert.Equal(0, source.Position);
    }

    [Fact]
    public async Task Query_with_a_stream_runs_as_often_as_the_stream_can_go_back()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync();
        await using var session = await db.LeaseAsync(Token);
        await using var transaction = await db.BeginAsync(cancellationToken: Token);
        foreach (var commands in new PgCommands[] { db, session, transaction })
        {
            var content = Pattern(300_000);
            using var source = new MemoryStream([9, .. content]) { Position = 1 };
            var query = commands.Query<(int, byte[])>($"select n, {source} from generate_series(1, {3}) n");
            for (var i = 0; i < 2; i++)
            {
                var rows = await query.ToListAsync(Token);
                Assert.Equal([1, 2, 3], rows.Select(row => row.Item1));
                Assert.All(rows, row => Assert.Equal(content, row.Item2));
            }

            var once = commands.Query<int>($"select length({PgParam.Stream(new PatternStream(1_000), 1_000)})");
            Assert.Equal([1_000], await once.ToListAsync(Token));
            await RefusesAsync("cannot go back", async () => await once.ToListAsync(Token));
            await using (var large = await commands.QueryStreamAsync($"select {new MemoryStream(content)} || {content}", Token))
                Assert.Equal(600_000, large!.Length);
        }

        var shared = db.Query<int>($"select n from generate_series(1, length({new MemoryStream(Pattern(100_000))})) n");
        await using var first = shared.GetAsyncEnumerator(Token);
        Assert.True(await first.MoveNextAsync());
        await RefusesAsync("another run of it", async () => await shared.FirstAsync(Token));
        await first.DisposeAsync();
        Assert.Equal(1, await shared.FirstAsync(Token));
    }

    [Fact]
    public async Task Query_whose_stream_fails_says_so_and_gives_its_session_back()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync("max_leased_sessions=1");
        var fault = new InvalidDataException("secret");
        var query = db.Query<int>($"select length({PgParam.Stream(new PatternStream(300_000) { Fault = fault }, 1_000_000)})");
        var failed = await Assert.ThrowsAsync<PgConnectionException>(async () => await query.ToListAsync(Token));
        Assert.Equal((SessionFailureKind.SourceFailed, Outcome.RolledBack), (failed.Kind, failed.Outcome));
        Assert.Same(fault, failed.InnerException);
        Assert.Equal([7], await db.Query<int>($"select {7}").ToListAsync(Token));
    }

    [Theory]
    [InlineData(BatchMode.Atomic)]
    [InlineData(BatchMode.Independent)]
    public async Task Streams_in_a_batch_are_read_in_its_order(BatchMode mode)
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync("max_leased_sessions=2");
        await using var transaction = await db.BeginAsync(cancellationToken: Token);
        for (var i = 0; i < 3; i++)
        {
            foreach (var commands in new PgCommands[] { db, transaction })
            {
                var table = Tables.NewName("streamed");
                var (first, second) = (Pattern(200_000), Pattern(70_001));
                var batch = commands.CreateBatch(mode);
                batch.Execute($"create table {table} (n int, data bytea)");
                batch.Execute($"insert into {table} values ({1}, {new MemoryStream(first)})");
                var between = batch.QuerySingle<(string, int)>($"select {"between"}, {42}");
                var echo = batch.QuerySingle<(int, byte[], byte[])>(
                    $"insert into {table} values ({2}, {new MemoryStream(second)}) returning n, data, {new MemoryStream(first)}");
                var all = batch.Query<(int, byte[])>($"select n, data from {table} order by n");
                await batch.RunAsync(Token);
                Assert.Equal(("between", 42), between.Result);
                Assert.Equal((2, second, first), echo.Result, new RowComparer());
                Assert.Equal([1, 2], all.Result.Select(row => row.Item1));
                Assert.Equal(first, all.Result[0].Item2);
            }
        }
    }

    [Theory]
    [InlineData(BatchMode.Atomic)]
    [InlineData(BatchMode.Independent)]
    public async Task Stream_that_fails_in_a_batch_undoes_what_shares_its_fate(BatchMode mode)
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync("max_leased_sessions=1");
        var table = Tables.NewName("streamed");
        await db.ExecuteAsync($"create table {table} (n int, data bytea)", Token);
        var fault = new InvalidDataException("secret");
        var batch = db.CreateBatch(mode);
        var before = batch.Execute($"insert into {table} (n) values ({1})");
        var failing = batch.Execute($"insert into {table} values ({2}, {PgParam.Stream(new PatternStream(300_000) { Fault = fault }, 1_000_000)})");
        var behind = batch.Execute($"insert into {table} (n) values ({3})");
        await batch.TryRunAsync(Token);

        var failed = Assert.IsType<PgConnectionException>(failing.Exception);
        Assert.Equal(SessionFailureKind.SourceFailed, failed.Kind);
        Assert.Same(fault, failed.InnerException);
        var expected = mode == BatchMode.Atomic ? Array.Empty<int>() : [1];
        Assert.Equal(expected, await db.Query<int>($"select n from {table} order by n").ToListAsync(Token));
        Assert.Equal(mode == BatchMode.Atomic ? BatchEnd.RolledBack : BatchEnd.Succeeded, before.End);
        Assert.NotEqual(BatchEnd.Succeeded, behind.End);
    }

    [Fact]
    public async Task Mistakes_are_told_before_anything_is_sent()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync();
        var endless = new PatternStream(HalfGigabyte);
        await RefusesAsync("length of parameter $2", async () => await db.ExecuteAsync($"select {1}, {endless}", Token));
        await RefusesAsync("PgParam.Stream(reader, length)", async () => await db.ExecuteAsync($"select {PipeReader.Create(endless)}", Token));
        await RefusesAsync("over the", async () => await db.ExecuteAsync($"select {PgParam.Stream(endless, 1L << 40)}", Token));
        await RefusesAsync("over the", async () => await db.ExecuteAsync(
            $"select {PgParam.Stream(endless, 700_000_000)}, {PgParam.Stream(endless, 700_000_000)}", Token));
        var bulk = await Assert.ThrowsAsync<PgBulkException>(async () => await db.ExecuteManyAsync(
            BatchMode.Atomic, [1], (writer, _) => writer.Add($"select {PgParam.Stream(endless, 1)}"), Token));
        Assert.IsType<PgUsageException>(bulk.InnerException);
        var batch = db.CreateBatch(BatchMode.Atomic);
        batch.Execute("select 1");
        batch.Execute($"select {PgParam.Stream(endless, 700_000_000)}, {PgParam.Stream(endless, 700_000_000)}");
        await RefusesAsync("larger than a message", async () => await batch.RunAsync(Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => PgParam.Stream(endless, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PgParam.Stream(endless, 1, PgTypeOid.Int4));
        Assert.Equal(0, endless.Position);
    }

    private static async Task RefusesAsync(string reason, Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<PgUsageException>(call);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    private static byte[] Pattern(int length)
    {
        var bytes = new byte[length];
        new PatternStream(length).ReadExactly(bytes);
        return bytes;
    }

    private sealed class RowComparer : IEqualityComparer<(int, byte[], byte[])>
    {
        public bool Equals((int, byte[], byte[]) x, (int, byte[], byte[]) y) =>
            x.Item1 == y.Item1 && x.Item2.AsSpan().SequenceEqual(y.Item2) && x.Item3.AsSpan().SequenceEqual(y.Item3);

        public int GetHashCode((int, byte[], byte[]) value) => value.Item1;
    }

    private sealed class BytesComparer : IEqualityComparer<(byte[], byte[], byte[])>
    {
        public bool Equals((byte[], byte[], byte[]) x, (byte[], byte[], byte[]) y) =>
            x.Item1.AsSpan().SequenceEqual(y.Item1) && x.Item2.AsSpan().SequenceEqual(y.Item2) && x.Item3.AsSpan().SequenceEqual(y.Item3);

        public int GetHashCode((byte[], byte[], byte[]) value) => value.Item1.Length;
    }
}
