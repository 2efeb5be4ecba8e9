using System.Globalization;

namespace PgActors.Integration.Tests.Types;

/// <summary>The first execution of a statement where a second would be too late: in transactions, in batches, through cursors.</summary>
[Collection(nameof(ProcessWide))]
public sealed class FirstExecutionTests(TestServers servers)
{
    private const string Acl = "postgres=r/postgres";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(18)]
    [InlineData(15)]
    public async Task Type_without_a_binary_form_is_read_in_a_transaction(int major)
    {
        await using var db = await servers.OpenAsync(major);
        for (var i = 0; i < 2; i++)
        {
            await using var transaction = await db.BeginAsync(cancellationToken: Token);
            var (acl, number) = await transaction.QuerySingleAsync<(string, int)>("select 'postgres=r/postgres'::aclitem, 7", Token);
            Assert.StartsWith(Acl, acl, StringComparison.Ordinal);
            Assert.Equal(7, number);
            Assert.Single(await transaction.QuerySingleAsync<string[]>("select array['postgres=r/postgres']::aclitem[]", Token));
            Assert.Equal("(postgres=r/postgres,7)", await transaction.QuerySingleAsync<string>("select row('postgres=r/postgres'::aclitem, 7)", Token));
            await transaction.CommitAsync(Token);
        }
    }

    [Fact]
    public async Task Anonymous_record_is_the_same_in_a_transaction_and_out()
    {
        await using var db = await servers.OpenAsync();
        var expected = (7, "a, \"b\"", 1.50m, new DateOnly(2024, 2, 29), (Guid?)null);
        const string Sql = "select row(7, 'a, \"b\"', 1.50, '2024-02-29'::date, null::uuid)";
        Assert.Equal(expected, await db.QuerySingleAsync<(int, string, decimal, DateOnly, Guid?)>(Sql, Token));
        await using var transaction = await db.BeginAsync(cancellationToken: Token);
        for (var i = 0; i < 2; i++)
            Assert.Equal(expected, await transaction.QuerySingleAsync<(int, string, decimal, DateOnly, Guid?)>(Sql, Token));
    }

    [Theory]
    [InlineData(18)]
    [InlineData(15)]
    public async Task Types_created_just_before_are_read_in_the_same_transaction(int major)
    {
        await using var db = await servers.OpenAsync(major);
        var schema = Tables.NewName("made");
        await using var transaction = await db.BeginAsync(cancellationToken: Token);
        await transaction.ExecuteAsync($"create schema {schema}", Token);
        await transaction.ExecuteAsync($"create type {schema}.mood as enum ('sad', 'happy')", Token);
        await transaction.ExecuteAsync($"create domain {schema}.positive as int check (value > 0)", Token);
        await transaction.ExecuteAsync($"create type {schema}.owned as (mood {schema}.mood, acl aclitem)", Token);
        await CreateBaseTypesAsync(transaction, schema);

        Assert.Equal("happy", await transaction.QuerySingleAsync<string>($"select 'happy'::{schema}.mood", Token));
        Assert.Equal(7, await transaction.QuerySingleAsync<int>($"select 7::{schema}.positive", Token));
        Assert.Equal("(sad,postgres=r/postgres)", await transaction.QuerySingleAsync<string>($"select row('sad', 'postgres=r/postgres')::{schema}.owned", Token));
        Assert.Equal("x y", await transaction.QuerySingleAsync<string>($"select 'x y'::{schema}.unsendable", Token));
        Assert.Equal("x y", await transaction.QuerySingleAsync<string>($"select 'x y'::{schema}.sendable", Token));
        Assert.Equal(["a", "b"], await transaction.QuerySingleAsync<string[]>($"select array['a', 'b']::{schema}.unsendable[]", Token));
    }

    [Fact]
    public async Task Types_created_just_before_are_read_where_each_statement_is_its_own()
    {
        await using var db = await servers.OpenAsync();
        var schema = Tables.NewName("made");
        await db.ExecuteAsync($"create schema {schema}", Token);
        await db.ExecuteAsync($"create type {schema}.mood as enum ('sad', 'happy')", Token);
        await CreateBaseTypesAsync(db, schema);
        Assert.Equal("happy", await db.QuerySingleAsync<string>($"select 'happy'::{schema}.mood", Token));
        Assert.Equal("x y", await db.QuerySingleAsync<string>($"select 'x y'::{schema}.unsendable", Token));

        // The server can send it, and cannot read what it sent.
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("x y", await db.QuerySingleAsync<string>($"select 'x y'::{schema}.sendable", Token));
            Assert.Equal(["a", "b"], await db.QuerySingleAsync<string[]>($"select array['a', 'b']::{schema}.sendable[]", Token));
        }

        // It came in binary, and there is nobody who understands that but the server.
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal((1, "x y", null), await db.QuerySingleAsync<(int, string, string?)>(
                $"select {1}, 'x y'::{schema}.receivable, null::{schema}.receivable", Token));
            Assert.Equal(["a", "b"], await db.QuerySingleAsync<string[]>($"select array['a', 'b']::{schema}.receivable[]", Token));
            var rows = await db.Query<(int, string?)>(
                $"select n, case when n % 7 > 0 then (n || ' y')::{schema}.receivable end from generate_series(1, {10_000}) n").ToListAsync(Token);
            Assert.Equal(Enumerable.Range(1, 10_000).Select(n => (n, n % 7 > 0 ? $"{n} y" : null)), rows);
            var batch = db.CreateBatch(BatchMode.Independent);
            var one = batch.QuerySingle<string>($"select 'one'::{schema}.receivable");
            var all = batch.Query<string>($"select (n || ' y')::{schema}.receivable from generate_series(1, {100}) n");
            await batch.RunAsync(Token);
            Assert.Equal("one", one.Result);
            Assert.Equal("100 y", all.Result[^1]);
            Assert.Equal("x y"u8.ToArray(), await db.QuerySingleAsync<byte[]>($"select 'x y'::{schema}.receivable", Token));
        }

        await db.ExecuteAsync($"drop schema {schema} cascade", Token);
    }

    [Theory]
    [InlineData(18, true)]
    [InlineData(15, true)]
    [InlineData(18, false)]
    public async Task Type_that_can_be_sent_and_not_received_is_text_at_once(int major, bool looksUp)
    {
        var schema = Tables.NewName("odd");
        await using (var maker = await servers.OpenAsync(major))
        {
            await maker.ExecuteAsync($"create schema {schema}", Token);
            await CreateBaseTypesAsync(maker, schema);
        }

        // Each statement the first of its database object, and the first of its kind.
        var settings = new PgDatabaseSettings { LooksUpTypes = looksUp };
        for (var i = 0; i < 4; i++)
        {
            await using var db = await servers.OpenAsync(major, settings: settings);
            var reading = i switch
            {
                0 => db.QuerySingleAsync<string>($"select 'x y'::{schema}.sendable", Token).AsTask(),
                1 => db.Query<string>($"select 'x y'::{schema}.sendable from generate_series(1, 3)").FirstAsync(Token).AsTask(),
                2 => InBatchAsync(db, schema),
                _ => OnLeaseAsync(db, schema),
            };
            Assert.Equal("x y", await reading);
            Assert.Equal("a b", await db.QuerySingleAsync<string>($"select 'a b'::{schema}.sendable", Token));
            Assert.Equal("a b", await db.QuerySingleAsync<string>($"select 'a b'::{schema}.sendable", Token));
            Assert.Equal("x y"u8.ToArray(), await db.QuerySingleAsync<byte[]>($"select 'x y'::{schema}.sendable -- bytes", Token));
        }

        await using var cleaner = await servers.OpenAsync(major);
        await cleaner.ExecuteAsync($"drop schema {schema} cascade", Token);
    }

    [Theory]
    [InlineData(BatchMode.Atomic)]
    [InlineData(BatchMode.Independent)]
    public async Task Type_without_a_binary_form_is_read_in_a_batch(BatchMode mode)
    {
        await using var db = await servers.OpenAsync();
        await using var transaction = await db.BeginAsync(cancellationToken: Token);
        foreach (var commands in new PgCommands[] { db, transaction })
        {
            var table = Tables.NewName("acls");
            var batch = commands.CreateBatch(mode);
            batch.Execute($"create table {table} (n int, acl aclitem)");
            var inserted = batch.QuerySingle<string>($"insert into {table} values (1, 'postgres=r/postgres') returning acl");
            var all = batch.Query<(int, string)>($"select * from {table}");
            await batch.RunAsync(Token);
            Assert.StartsWith(Acl, inserted.Result, StringComparison.Ordinal);
            Assert.StartsWith(Acl, Assert.Single(all.Result).Item2, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Type_without_a_binary_form_is_read_through_a_cursor()
    {
        await using var db = await servers.OpenAsync();
        await using var transaction = await db.BeginAsync(cancellationToken: Token);
        var rows = await transaction.Query<(int, string)>("select n, 'postgres=r/postgres'::aclitem from generate_series(1, 10000) n")
            .ToListAsync(Token);
        Assert.Equal(10_000, rows.Count);
        await transaction.ExecuteAsync("declare acls cursor for select 'postgres=r/postgres'::aclitem, n from generate_series(1, 9) n", Token);
        Assert.Equal(5, (await transaction.Query<(string, int)>("fetch 5 from acls").ToListAsync(Token)).Count);
        Assert.Equal(6, (await transaction.QuerySingleAsync<(string, int)>("fetch 1 from acls", Token)).Item2);
    }

    [Fact]
    public async Task Type_without_a_binary_form_is_read_in_a_transaction_begun_by_hand()
    {
        await using var db = await servers.OpenAsync();
        await using var session = await db.LeaseAsync(Token);
        var begin = session.ExecuteAsync("begin", Token);
        var acl = session.QuerySingleAsync<string>("select 'postgres=r/postgres'::aclitem -- by hand", Token);
        await begin;
        Assert.StartsWith(Acl, await acl, StringComparison.Ordinal);
        await session.ExecuteAsync("commit", Token);
    }

    [Fact]
    public async Task Procedure_that_commits_returns_such_a_type_once()
    {
        await using var db = await servers.OpenAsync();
        var name = Tables.NewName("procedure");
        await db.ExecuteAsync($"create table {name} (n int)", Token);
        await db.ExecuteAsync(
            $"create procedure {name}(inout acl aclitem) language plpgsql as 'begin insert into {name} values (1); commit; end'", Token);
        await using var session = await db.LeaseAsync(Token);
        Assert.StartsWith(Acl, await session.QuerySingleAsync<string>($"call {name}('postgres=r/postgres')", Token), StringComparison.Ordinal);
        Assert.Equal(1, await db.QuerySingleAsync<long>($"select count(*) from {name}", Token));
    }

    private static async Task<string> InBatchAsync(PgDatabase db, PgIdentifier schema)
    {
        var batch = db.CreateBatch(BatchMode.Independent);
        var one = batch.QuerySingle<string>($"select 'x y'::{schema}.sendable");
        await batch.RunAsync(Token);
        return one.Result;
    }

    private static async Task<string> OnLeaseAsync(PgDatabase db, PgIdentifier schema)
    {
        await using var session = await db.LeaseAsync(Token);
        return await session.QuerySingleAsync<string>($"select 'x y'::{schema}.sendable", Token);
    }

    // As superusers write them: textin and its kin do for any type that looks like text.
    private static async Task CreateBaseTypesAsync(PgCommands commands, PgIdentifier schema)
    {
        foreach (var sql in new[]
        {
            "create type {0}.unsendable",
            "create function {0}.unsendable_in(cstring) returns {0}.unsendable language internal immutable strict as 'textin'",
            "create function {0}.unsendable_out({0}.unsendable) returns cstring language internal immutable strict as 'textout'",
            "create type {0}.unsendable (input = {0}.unsendable_in, output = {0}.unsendable_out, like = text)",
            "create type {0}.sendable",
            "create function {0}.sendable_in(cstring) returns {0}.sendable language internal immutable strict as 'textin'",
            "create function {0}.sendable_out({0}.sendable) returns cstring language internal immutable strict as 'textout'",
            "create function {0}.sendable_send({0}.sendable) returns bytea language internal immutable strict as 'textsend'",
            "create type {0}.sendable (input = {0}.sendable_in, output = {0}.sendable_out, send = {0}.sendable_send, like = text)",
            "create type {0}.receivable",
            "create function {0}.receivable_in(cstring) returns {0}.receivable language internal immutable strict as 'textin'",
            "create function {0}.receivable_out({0}.receivable) returns cstring language internal immutable strict as 'textout'",
            "create function {0}.receivable_recv(internal) returns {0}.receivable language internal immutable strict as 'textrecv'",
            "create function {0}.receivable_send({0}.receivable) returns bytea language internal immutable strict as 'textsend'",
            "create type {0}.receivable (input = {0}.receivable_in, output = {0}.receivable_out, receive = {0}.receivable_recv, "
                + "send = {0}.receivable_send, like = text)",
        })
        {
            await commands.ExecuteAsync(string.Format(CultureInfo.InvariantCulture, sql, schema), Token);
        }
    }
}
