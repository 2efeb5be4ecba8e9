using PgActors.Types;

namespace PgActors.Integration.Tests.Types;

/// <summary>A database of its own with extensions in it, on the test servers or, for what those come without, on the one that
/// <c>PGACTORS_EXTENSIONS_18</c> (or 15 …) names by its URI.</summary>
internal sealed class ExtensionDatabase : IAsyncDisposable
{
    private readonly PgDatabase _maker;
    private readonly PgIdentifier _name;

    private ExtensionDatabase(PgDatabase maker, PgIdentifier name)
    {
        _maker = maker;
        _name = name;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Makes one; skips the test where there is no server that has the extensions.</summary>
    public static async Task<ExtensionDatabase> CreateAsync(TestServers servers, int major, params string[] extensions)
    {
        var maker = await OpenMakerAsync(servers, major, extensions);
        var name = Tables.NewName("extended");
        await maker.ExecuteAsync($"create database {name}", Token);
        var made = new ExtensionDatabase(maker, name);
        await using var database = await made.OpenAsync(PgTypeRegistry.Default);
        foreach (var extension in extensions)
            await database.ExecuteAsync($"create extension {new PgIdentifier(extension)}", Token);
        return made;
    }

    public Task<PgDatabase> OpenAsync(PgTypeRegistry types) => PgDatabase.ConnectAsync(
        _maker.Options with { Database = _name.ToString().Trim('"') }, new PgDatabaseSettings { Types = types }, Token);

    public async ValueTask DisposeAsync()
    {
        await _maker.ExecuteAsync($"drop database {_name} with (force)", CancellationToken.None);
        await _maker.DisposeAsync();
    }

    private static async Task<PgDatabase> OpenMakerAsync(TestServers servers, int major, string[] extensions)
    {
        var own = await servers.OpenAsync(major, "shared_sessions=1");
        if (await HasAsync(own, extensions))
            return own;
        await own.DisposeAsync();
        var variable = $"PGACTORS_EXTENSIONS_{major}";
        var uri = Environment.GetEnvironmentVariable(variable);
        Assert.SkipWhen(
            string.IsNullOrEmpty(uri),
            $"The servers of major version {major} that tests start come without {string.Join(", ", extensions)}; {variable} names one by its URI.");
        var other = await PgDatabase.ConnectAsync(PgConnectionOptions.Parse($"{uri}?shared_sessions=1"), cancellationToken: Token);
        Assert.StartsWith($"{major}.", other.Parameters.ServerVersion, StringComparison.Ordinal);
        Assert.True(await HasAsync(other, extensions), $"The server of {variable} lacks one of {string.Join(", ", extensions)}.");
        return other;
    }

    private static async ValueTask<bool> HasAsync(PgDatabase database, string[] extensions) => extensions.Length
        == await database.QuerySingleAsync<long>($"select count(*) from pg_available_extensions where name = any({extensions})", Token);
}
