using System.Globalization;
using PgActors.Types;

namespace PgActors.Integration.Tests.Types;

/// <summary>A schema of its own with one type of each kind, and a database object that has never seen them.</summary>
internal sealed class TypeWorld : IAsyncDisposable
{
    private readonly PgDatabase _maker;

    private TypeWorld(string schema, PgDatabase maker, PgDatabase database, PgTypeRegistry mappings)
    {
        Schema = schema;
        _maker = maker;
        Database = database;
        Mappings = mappings;
    }

    public string Schema { get; }

    public PgDatabase Database { get; }

    public PgTypeRegistry Mappings { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<TypeWorld> CreateAsync(TestServers servers, int major, bool mapped = true)
    {
        var schema = Tables.NewName("types").ToString().Trim('"');
        var maker = await servers.OpenAsync(major);
        foreach (var sql in new[]
        {
            "create schema {0}",
            "create type {0}.mood as enum ('sad', 'very_happy')",
            "create domain {0}.positive as int check (value > 0)",
            "create type {0}.floatrange as range (subtype = float8, multirange_type_name = {0}.floatmultirange)",
            "create type {0}.address as (street text, house_no int, mood {0}.mood)",
            "create type {0}.person as (home {0}.address, years {0}.positive[], others {0}.address[])",
        })
        {
            await maker.ExecuteAsync(string.Format(CultureInfo.InvariantCulture, sql, schema), Token);
        }

        var mappings = mapped
            ? PgTypeRegistry.Default
                .MapEnum<ConstructedTypeTests.Mood>($"{schema}.mood")
                .MapComposite<ConstructedTypeTests.Address>($"{schema}.address")
                .MapComposite<ConstructedTypeTests.Person>($"{schema}.person")
            : PgTypeRegistry.Default;

        // One session: another, which has not seen a statement yet, would notice that its types have changed before it reads any of its rows.
        var database = await servers.OpenAsync(major, "shared_sessions=1", new PgDatabaseSettings { Types = mappings });
        return new TypeWorld(schema, maker, database, mappings);
    }

    /// <summary>The qualified name of a type.</summary>
    public string Name(string type) => $"{Schema}.{type}";

    /// <summary>Asks the database that learns; {0} is the schema.</summary>
    public ValueTask<T> AskAsync<T>(string sql) =>
        Database.QuerySingleAsync<T>(string.Format(CultureInfo.InvariantCulture, sql, Schema), Token);

    /// <summary>Runs a statement behind its back; {0} is the schema.</summary>
    public async Task RunAsync(string sql) => await _maker.ExecuteAsync(string.Format(CultureInfo.InvariantCulture, sql, Schema), Token);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await _maker.ExecuteAsync($"drop schema {new PgIdentifier(Schema)} cascade", CancellationToken.None);
        await _maker.DisposeAsync();
    }
}
