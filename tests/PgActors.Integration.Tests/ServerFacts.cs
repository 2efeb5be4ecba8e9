using System.Diagnostics;
using System.Net.Sockets;
using PgActors.Testing;

namespace PgActors.Integration.Tests;

/// <summary>Opens databases, and waits for facts that a server can be asked about.</summary>
internal static class ServerFacts
{
    // Far above what anything here takes, far below what a stuck build costs.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens a database as a superuser.</summary>
    /// <param name="server">The server.</param>
    /// <param name="parameters">The query part of the connection URI.</param>
    /// <param name="settings">Settings; null for the defaults.</param>
    /// <param name="proxy">Whoever stands in front of the server; null: nobody.</param>
    public static Task<PgDatabase> OpenAsync(
        this PostgresServer server, string? parameters = null, PgDatabaseSettings? settings = null, FaultProxy? proxy = null)
    {
        var uri = new UriBuilder(server.ConnectionUri(parameters: parameters)) { Port = proxy?.Port ?? server.Port };
        return PgDatabase.ConnectAsync(PgConnectionOptions.Parse(uri.Uri.AbsoluteUri), settings, Token);
    }

    /// <summary>Asks for one value.</summary>
    public static async Task<string?> AskAsync(this PostgresServer server, string sql) =>
        (await server.QueryAsync(sql, cancellationToken: Token))[0][0];

    /// <summary>Asks until the answer is as expected. Each question is a session of its own, so this is no busy loop.</summary>
    public static async Task UntilAsync(this PostgresServer server, string expected, string sql)
    {
        var started = Stopwatch.GetTimestamp();
        string? answer;
        while ((answer = await server.AskAsync(sql)) != expected)
            Assert.True(Stopwatch.GetElapsedTime(started) < Limit, $"Waited in vain for '{expected}'; it is '{answer}': {sql}");
    }

    /// <summary>Waits until a server that crashed answers again.</summary>
    public static async Task UntilUpAsync(this PostgresServer server)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await server.AskAsync("SELECT 1");
                return;
            }
            catch (Exception down) when (down is PostgresServerException or IOException or SocketException)
            {
                Assert.True(Stopwatch.GetElapsedTime(started) < Limit, "Waited in vain until the server had recovered.");
            }
        }
    }

    /// <summary>Waits until so many sessions of an application exist.</summary>
    public static Task UntilSessionsAsync(this PostgresServer server, string application, int count, string condition = "true") =>
        server.UntilAsync($"{count}", $"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{application}' AND ({condition})");

    /// <summary>Looks until it holds, letting others run in between.</summary>
    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Limit, $"Waited in vain until {what}.");
            await Task.Yield();
        }
    }
}
