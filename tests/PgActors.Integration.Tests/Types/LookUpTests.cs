using PgActors.Types;
using static PgActors.Integration.Tests.Types.ConstructedTypeTests;

namespace PgActors.Integration.Tests.Types;

/// <summary>Where types are looked up that nobody has met: for batches before they are sent, for a transaction's own types on its
/// session.</summary>
public sealed class LookUpTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(BatchMode.Atomic)]
    [InlineData(BatchMode.Independent)]
    public async Task Batch_waits_until_the_types_of_its_parameters_are_known(BatchMode mode)
    {
        await using var world = await TypeWorld.CreateAsync(servers, 18);
        await world.RunAsync("create table {0}.moods (n int, mood {0}.mood, home {0}.address)");
        var table = new PgIdentifier(world.Schema, "moods");
        var home = new Address("x", 1, Mood.VeryHappy);

        var batch = world.Database.CreateBatch(mode);
        batch.Execute($"insert into {table} (n) values ({1})");
        batch.Execute($"insert into {table} values ({2}, {Mood.Sad}, {home})");
        batch.Execute($"insert into {table} (mood, n) values ({Mood.VeryHappy}, {3})");
        var rows = batch.Query<(int, Mood?, Address?)>($"select * from {table} where n > {0} order by n");
        await batch.RunAsync(Token);

        Assert.Equal([(1, null, null), (2, Mood.Sad, home), (3, Mood.VeryHappy, null)], rows.Result);
    }

    [Fact]
    public async Task Bulk_waits_until_the_types_of_its_parameters_are_known()
    {
        await using var world = await TypeWorld.CreateAsync(servers, 18);
        await world.RunAsync("create table {0}.moods (n int, mood {0}.mood)");
        var table = new PgIdentifier(world.Schema, "moods");
        var result = await world.Database.ExecuteManyAsync(
            BatchMode.Independent,
            Enumerable.Range(0, 1000),
            (bulk, n) => bulk.Add($"insert into {table} values ({n}, {(n % 2 == 0 ? Mood.Sad : Mood.VeryHappy)})"),
            Token);
        Assert.Equal(1000, result.Rows);
        Assert.Equal(500, await world.AskAsync<long>("select count(*) from {0}.moods where mood = 'sad'"));
    }

    [Fact]
    public async Task Batch_whose_types_do_not_exist_is_not_sent()
    {
        var types = PgTypeRegistry.Default.MapEnum<Mood>("no_such_mood");
        await using var db = await servers.OpenAsync(settings: new PgDatabaseSettings { Types = types });
        var batch = db.CreateBatch(BatchMode.Independent);
        var first = batch.Execute("select 1");
        var second = batch.Execute($"select {Mood.Sad}");

        var refused = await Assert.ThrowsAsync<PgUsageException>(async () => await batch.RunAsync(Token));
        Assert.Contains("no_such_mood", refused.Message, StringComparison.Ordinal);
        Assert.Equal((BatchEnd.NotSent, BatchEnd.NotSent), (first.End, second.End));
    }

    [Fact]
    public async Task Resolved_command_that_cannot_go_with_the_batch_is_not_sent()
    {
        await using var world = await TypeWorld.CreateAsync(servers, 18);
        var batch = world.Database.CreateBatch(BatchMode.Atomic);
        batch.Execute("select 1");
        batch.Execute($"begin {Mood.Sad}");

        var refused = await Assert.ThrowsAsync<PgUsageException>(async () => await batch.RunAsync(Token));
        Assert.Contains("begins or ends a transaction", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(18)]
    [InlineData(15)]
    public async Task Types_of_a_transaction_are_read_and_written_before_it_commits(int major)
    {
        var schema = Tables.NewName("own");
        var name = schema.ToString().Trim('"');
        var types = PgTypeRegistry.Default.MapEnum<Mood>($"{name}.mood").MapComposite<Address>($"{name}.address");
        await using var db = await servers.OpenAsync(major, settings: new PgDatabaseSettings { Types = types });
        await using var transaction = await db.BeginAsync(cancellationToken: Token);
        await transaction.ExecuteAsync($"create schema {schema}", Token);
        await transaction.ExecuteAsync($"create type {schema}.mood as enum ('sad', 'very_happy')", Token);
        await transaction.ExecuteAsync($"create type {schema}.address as (street text, house_no int, mood {schema}.mood)", Token);
        var home = new Address("x", 1, Mood.VeryHappy);

        Assert.Equal(Mood.Sad, await transaction.QuerySingleAsync<Mood>($"select 'sad'::{schema}.mood", Token));
        Assert.Equal(Mood.VeryHappy, await transaction.QuerySingleAsync<Mood>($"select {Mood.VeryHappy}", Token));
        Assert.Equal(home, await transaction.QuerySingleAsync<Address>($"select {home}", Token));
        Assert.Equal([home, home], await transaction.QuerySingleAsync<Address[]>($"select array[{home}, {home}]", Token));
        var batch = transaction.CreateBatch(BatchMode.Atomic);
        var echo = batch.QuerySingle<Mood>($"select {Mood.Sad}");
        await batch.RunAsync(Token);
        Assert.Equal(Mood.Sad, echo.Result);
        Assert.Equal(3, (await transaction.Query<Mood>($"select {Mood.Sad} from generate_series(1, 3)").ToListAsync(Token)).Count);

        // Nobody else has seen them, nor does anybody once they are gone.
        await Assert.ThrowsAsync<PgUsageException>(async () => await db.QuerySingleAsync<Mood>($"select {Mood.Sad}", Token));
        await transaction.RollbackAsync();
        Assert.DoesNotContain(db.Types.Catalog.Types, type => type.Schema == name);
    }

    [Theory]
    [InlineData(18)]
    [InlineData(15)]
    public async Task Types_of_a_transaction_begun_by_hand_are_read_and_written_before_it_commits(int major)
    {
        var schema = Tables.NewName("own");
        var name = schema.ToString().Trim('"');
        var types = PgTypeRegistry.Default.MapEnum<Mood>($"{name}.mood").MapComposite<Address>($"{name}.address");
        await using var db = await servers.OpenAsync(major, settings: new PgDatabaseSettings { Types = types });
        await using var session = await db.LeaseAsync(Token);
        await session.ExecuteAsync("begin", Token);
        await session.ExecuteAsync($"create schema {schema}", Token);
        await session.ExecuteAsync($"create type {schema}.mood as enum ('sad', 'very_happy')", Token);
        await session.ExecuteAsync($"create type {schema}.address as (street text, house_no int, mood {schema}.mood)", Token);
        var home = new Address("x", 1, Mood.VeryHappy);

        Assert.Equal(Mood.Sad, await session.QuerySingleAsync<Mood>($"select 'sad'::{schema}.mood", Token));
        Assert.Equal(home, await session.QuerySingleAsync<Address>($"select {home}", Token));
        Assert.Equal([home, home], await session.QuerySingleAsync<Address[]>($"select array[{home}, {home}]", Token));
        var batch = session.CreateBatch(BatchMode.Independent);
        var echo = batch.QuerySingle<Mood>($"select {Mood.VeryHappy}");
        await batch.RunAsync(Token);
        Assert.Equal(Mood.VeryHappy, echo.Result);
        Assert.Equal(3, (await session.Query<Mood>($"select {Mood.Sad} from generate_series(1, 3)").ToListAsync(Token)).Count);

        // Nobody else has seen them; when they are gone neither does the session itself, and then those that come in their place.
        await Assert.ThrowsAsync<PgUsageException>(async () => await db.QuerySingleAsync<Mood>($"select {Mood.Sad}", Token));
        await session.ExecuteAsync("rollback", Token);
        await Assert.ThrowsAsync<PgUsageException>(async () => await session.QuerySingleAsync<Mood>($"select {Mood.Sad}", Token));
        await session.ExecuteAsync("begin", Token);
        await session.ExecuteAsync($"create schema {schema}", Token);
        await session.ExecuteAsync($"create type {schema}.mood as enum ('very_happy', 'sad')", Token);
        Assert.Equal(Mood.Sad, await session.QuerySingleAsync<Mood>($"select {Mood.Sad}", Token));
        await session.ExecuteAsync("commit", Token);
        Assert.Equal(Mood.Sad, await session.QuerySingleAsync<Mood>($"select {Mood.Sad}", Token));
        Assert.Equal(Mood.Sad, await db.QuerySingleAsync<Mood>($"select {Mood.Sad}", Token));
        await db.ExecuteAsync($"drop schema {schema} cascade", Token);
    }

    [Fact]
    public async Task Type_that_a_transaction_alters_is_read_as_the_transaction_sees_it()
    {
        await using var world = await TypeWorld.CreateAsync(servers, 18);
        var address = new PgIdentifier(world.Schema, "address");
        Assert.Equal(("x", 1, "sad"), await world.AskAsync<(string, int, string)>("select row('x', 1, 'sad')::{0}.address"));
        await using var transaction = await world.Database.BeginAsync(cancellationToken: Token);
        await transaction.ExecuteAsync($"alter type {address} add attribute city text", Token);
        Assert.Equal(
            ("x", 1, "sad", "y"),
            await transaction.QuerySingleAsync<(string, int, string, string)>($"select row('x', 1, 'sad', 'y')::{address}", Token));
        await transaction.RollbackAsync();
        Assert.Equal(("x", 1, "sad"), await world.AskAsync<(string, int, string)>("select row('x', 1, 'sad')::{0}.address"));
    }

    [Fact]
    public async Task Type_of_a_transaction_that_has_committed_is_everybodys()
    {
        var schema = Tables.NewName("own");
        var types = PgTypeRegistry.Default.MapEnum<Mood>($"{schema.ToString().Trim('"')}.mood");
        await using var db = await servers.OpenAsync(settings: new PgDatabaseSettings { Types = types });
        await db.InTransactionAsync(
            async transaction =>
            {
                await transaction.ExecuteAsync($"create schema {schema}", Token);
                await transaction.ExecuteAsync($"create type {schema}.mood as enum ('sad', 'very_happy')", Token);
                Assert.Equal(Mood.Sad, await transaction.QuerySingleAsync<Mood>($"select {Mood.Sad}", Token));
            },
            cancellationToken: Token);
        Assert.Equal(Mood.VeryHappy, await db.QuerySingleAsync<Mood>($"select {Mood.VeryHappy}", Token));
        await db.ExecuteAsync($"drop schema {schema} cascade", Token);
    }
}
