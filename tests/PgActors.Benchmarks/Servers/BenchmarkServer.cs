using System.Globalization;
using Npgsql;
using PgActors.Benchmarks.Measuring;
using PgActors.Testing;

namespace PgActors.Benchmarks.Servers;

/// <summary>The server that all contenders of a run use: one that is started for it, or one that the command line names.</summary>
internal sealed class BenchmarkServer : IAsyncDisposable
{
    // A role with a password, for the cases that measure authentication. The server is on the loopback and lives as long as the run.
    private const string ScramUser = "bench_scram";
    private const string ScramPassword = "for-the-loopback-only";

    private readonly PostgresServer? _started;

    private BenchmarkServer(PostgresServer? started, string uri)
    {
        _started = started;
        Address = new ServerAddress(uri);
        Processors = new ProcessorTimes(started is null ? null : ReadPostmaster(started.DataDirectory));
    }

    /// <summary>Where it is.</summary>
    public ServerAddress Address { get; }

    public ProcessorTimes Processors { get; }

    /// <summary>What is known about the server, for reports.</summary>
    public string Description { get; private set; } = "";

    /// <summary>Whether a role with a SCRAM password is there.</summary>
    public bool HasScramUser => _started is not null;

    /// <param name="uri">A server that runs already; null: one is started.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<BenchmarkServer> StartAsync(string? uri, CancellationToken cancellationToken)
    {
        PostgresServer? started = null;
        if (uri is null)
        {
            started = await PostgresServer.StartAsync(Options(), cancellationToken);
            uri = started.ConnectionUri();
        }

        var server = new BenchmarkServer(started, uri);
        try
        {
            await using var source = NpgsqlDataSource.Create(server.Npgsql().ConnectionString);
            await using var version = source.CreateCommand("select current_setting('server_version'), current_setting('fsync')");
            await using var row = await version.ExecuteReaderAsync(cancellationToken);
            await row.ReadAsync(cancellationToken);
            server.Description = $"PostgreSQL {row.GetString(0)} over TCP on {server.Address.Endpoint}, fsync {row.GetString(1)}";
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>How PgActors connects.</summary>
    /// <param name="scram">Whether as the role with a SCRAM password.</param>
    public PgConnectionOptions PgActors(bool scram = false) => Address.PgActors(Login(scram));

    /// <summary>How Npgsql connects.</summary>
    /// <param name="scram">Whether as the role with a SCRAM password.</param>
    public NpgsqlConnectionStringBuilder Npgsql(bool scram = false) => Address.Npgsql(Login(scram));

    /// <summary>How many more sessions it lets the run have.</summary>
    public async Task<int> FreeSessionsAsync(CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(Npgsql().ConnectionString);
        await using var command = source.CreateCommand(
            "select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int - count(*)::int "
            + "from pg_stat_activity where backend_type = 'client backend'");
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Makes a type, unless it is there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="extension">The extension that has it, if one does.</param>
    /// <param name="creation">The statement that makes it, if it is neither built in nor an extension's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task EnsureTypeAsync(string name, string? extension, string? creation, CancellationToken cancellationToken)
    {
        if (extension is null && creation is null)
            return;
        await using var source = NpgsqlDataSource.Create(Npgsql().ConnectionString);
        await using var known = source.CreateCommand($"select to_regtype('{name}') is not null");
        if (await known.ExecuteScalarAsync(cancellationToken) is true)
            return;
        await using var command = source.CreateCommand(creation ?? $"create extension if not exists {extension}");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Makes a table, unless it is there with as many rows.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="rows">How many rows it must have.</param>
    /// <param name="query">What it holds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task EnsureTableAsync(string name, long rows, string query, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(Npgsql().ConnectionString);
        await using var known = source.CreateCommand($"select to_regclass('{name}') is not null");
        if (await known.ExecuteScalarAsync(cancellationToken) is true)
        {
            await using var count = source.CreateCommand($"select count(*) from {name}");
            if (await count.ExecuteScalarAsync(cancellationToken) is long found && found == rows)
                return;
        }

        // Frozen at once, so that no reader has to set hint bits and no vacuum comes by during a round.
        foreach (var step in (string[])[$"drop table if exists {name}", $"create unlogged table {name} as {query}", $"vacuum (freeze, analyze) {name}"])
        {
            await using var command = source.CreateCommand(step);
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _started?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static PostgresServerOptions Options() => new()
    {
        Settings = new Dictionary<string, string>
        {
            // The tables of the streams stay in memory, whole: a table above a quarter of it would be read through a small ring.
            ["shared_buffers"] = "1GB",

            // The largest case holds 500 idle sessions.
            ["max_connections"] = "600",

            // Nothing here is written, and nothing is to happen in the background while a round runs.
            ["autovacuum"] = "off",
            ["checkpoint_timeout"] = "1h",
            ["max_wal_size"] = "4GB",
            ["jit"] = "off",
        },
        HbaLines = [$"host all {ScramUser} all scram-sha-256", "local all all trust", "host all all all trust"],
        InitSql = ["set password_encryption = 'scram-sha-256'", $"create role {ScramUser} login password '{ScramPassword}'"],
    };

    private static (string User, string Password)? Login(bool scram) => scram ? (ScramUser, ScramPassword) : null;

    // The first line of postmaster.pid is the process's number. In a container it is another machine's.
    private static int? ReadPostmaster(string dataDirectory)
    {
        try
        {
            using var file = new StreamReader(Path.Combine(dataDirectory, "postmaster.pid"));
            return int.TryParse(file.ReadLine(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
