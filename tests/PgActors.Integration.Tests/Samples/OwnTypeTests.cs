using System.Globalization;
using PgActors.Types;

namespace PgActors.Integration.Tests.Samples;

/// <summary>A type of one's own: a codec, registered under the type's name, and nothing more.</summary>
[Collection(nameof(ProcessWide))]
public sealed class OwnTypeTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(18)]
    [InlineData(15)]
    public async Task Own_type_is_found_by_its_name_and_read_and_written_like_any_other(int major)
    {
        var schema = await CreateTypeAsync(major);
        var types = PgTypeRegistry.Default.With(PgTypeMapping.Value(new CelsiusCodec(), $"{schema}.celsius"));
        await using var db = await servers.OpenAsync(major, settings: new PgDatabaseSettings { Types = types });

        var body = new Celsius(36.6);
        var (type, text, echo) = await db.QuerySingleAsync<(string, string, Celsius)>(
            $"select pg_typeof({body})::text, {body}::text, {body}", Token);
        Assert.Equal(($"{schema}.celsius", "36.6", body), (type, text, echo));
        Assert.Equal(new Celsius(-40), await AskAsync<Celsius>("select '-40'::{0}.celsius"));
        Assert.Null(await AskAsync<Celsius?>("select null::{0}.celsius"));
        Assert.Equal(new Celsius?[] { body, null }, await AskAsync<Celsius?[]>("select '{{36.6,NULL}}'::{0}.celsius[]"));
        Assert.Equal(new[] { body }, await db.QuerySingleAsync<Celsius[]>($"select {new[] { body }}", Token));
        Assert.Equal((1, body), await AskAsync<(int, Celsius)>("select row(1, '36.6'::{0}.celsius)"));
        Assert.Equal("36.6", await db.QuerySingleAsync<string>($"select {PgParam.As(body, $"{schema}.celsius")}::text", Token));

        await using (var transaction = await db.BeginAsync(cancellationToken: Token))
            Assert.Equal(body, await transaction.QuerySingleAsync<Celsius>($"select {body}", Token));
        await db.ExecuteAsync($"drop schema {new PgIdentifier(schema)} cascade", Token);

        ValueTask<T> AskAsync<T>(string sql) => db.QuerySingleAsync<T>(string.Format(CultureInfo.InvariantCulture, sql, schema), Token);
    }

    [Fact]
    public async Task Own_type_that_the_database_lacks_is_named()
    {
        var types = PgTypeRegistry.Default.With(PgTypeMapping.Value(new CelsiusCodec(), "no_such_celsius"));
        await using var db = await servers.OpenAsync(settings: new PgDatabaseSettings { Types = types });
        var refused = await Assert.ThrowsAsync<PgUsageException>(
            async () => await db.QuerySingleAsync<Celsius>($"select {new Celsius(1)}", Token));
        Assert.Contains("no_such_celsius", refused.Message, StringComparison.Ordinal);
    }

    // As an extension would: the type is a float8 under another name.
    private async Task<string> CreateTypeAsync(int major)
    {
        var schema = Tables.NewName("physics").ToString().Trim('"');
        await using var maker = await servers.OpenAsync(major);
        foreach (var sql in new[]
        {
            "create schema {0}",
            "create type {0}.celsius",
            "create function {0}.celsius_in(cstring) returns {0}.celsius language internal immutable strict as 'float8in'",
            "create function {0}.celsius_out({0}.celsius) returns cstring language internal immutable strict as 'float8out'",
            "create function {0}.celsius_recv(internal) returns {0}.celsius language internal immutable strict as 'float8recv'",
            "create function {0}.celsius_send({0}.celsius) returns bytea language internal immutable strict as 'float8send'",
            "create type {0}.celsius (input = {0}.celsius_in, output = {0}.celsius_out, receive = {0}.celsius_recv, "
                + "send = {0}.celsius_send, like = float8)",
        })
        {
            await maker.ExecuteAsync(string.Format(CultureInfo.InvariantCulture, sql, schema), Token);
        }

        return schema;
    }
}
