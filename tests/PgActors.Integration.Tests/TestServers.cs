using System.Collections.Concurrent;
using PgActors.Integration.Tests;
using PgActors.Testing;

[assembly: AssemblyFixture(typeof(TestServers))]

namespace PgActors.Integration.Tests;

/// <summary>
/// The servers that the tests of this assembly share: one of each major version, started when it is first asked for, with TLS, a role for
/// each way of authentication, and room for all classes at once. A test keeps its data in tables of its own.
/// </summary>
public sealed class TestServers : IAsyncDisposable
{
    /// <summary>Members of this role, which a test may make, need a password.</summary>
    public const string PasswordGroup = "with_password";

    private readonly ConcurrentDictionary<int, Lazy<Task<PostgresServer>>> _servers = new();

    /// <summary>The server of a major version.</summary>
    public Task<PostgresServer> GetAsync(int major = PostgresServerOptions.NewestMajor) =>
        _servers.GetOrAdd(major, static version => new Lazy<Task<PostgresServer>>(() => PostgresServer.StartAsync(Options(version)))).Value;

    /// <summary>Opens a database of the newest server over TCP, as a superuser whom it trusts.</summary>
    /// <param name="parameters">The query part of the connection URI.</param>
    /// <param name="settings">Settings; <see langword="null"/> for the defaults.</param>
    public Task<PgDatabase> OpenAsync(string? parameters = null, PgDatabaseSettings? settings = null) =>
        OpenAsync(PostgresServerOptions.NewestMajor, parameters, settings);

    /// <summary>Opens a database of the server of a major version over TCP, as a superuser whom it trusts.</summary>
    public async Task<PgDatabase> OpenAsync(int major, string? parameters = null, PgDatabaseSettings? settings = null)
    {
        var server = await GetAsync(major);
        return await PgDatabase.ConnectAsync(
            PgConnectionOptions.Parse(server.ConnectionUri(parameters: parameters)), settings, TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until a server executes a statement that holds a marker.</summary>
    /// <param name="marker">Text that only this statement holds, such as a comment.</param>
    /// <param name="major">Which server.</param>
    public async Task UntilRunningAsync(string marker, int major = PostgresServerOptions.NewestMajor) =>
        await (await GetAsync(major)).UntilAsync(
            "1",
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() "
            + $"AND strpos(query, '{marker}') > 0");

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
            await (await server.Value).DisposeAsync();
    }

    private static PostgresServerOptions Options(int major) => new()
    {
        Major = major,
        Tls = new TlsOptions(),
        Settings = new Dictionary<string, string> { ["max_connections"] = "400" },
        InitSql = [.. TestRole.All.SelectMany(role => role.Creation), $"CREATE ROLE {PasswordGroup}"],
        HbaLines =
        [
            .. TestRole.All.SelectMany(role => new[] { $"local all {role.Name} {role.Method}", $"host all {role.Name} all {role.Method}" }),
            $"host all +{PasswordGroup} all scram-sha-256",
            "local all,replication all trust",
            "host all,replication all all trust",
        ],
    };
}
