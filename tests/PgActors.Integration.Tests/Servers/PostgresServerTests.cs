using PgActors.Testing;

namespace PgActors.Integration.Tests.Servers;

public sealed class PostgresServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(18)]
    public async Task Server_of_each_major_answers_on_both_sockets(int major)
    {
        await using var server = await PostgresServer.StartAsync(major, Token);

        Assert.Equal(major, server.Major);
        Assert.Equal('R', await RawClient.FirstAnswerAsync(server.Port, "postgres", Token));
        Assert.Equal('R', await RawClient.FirstAnswerAsync(server.SocketPath, "postgres", Token));
        var rows = await server.QueryAsync(
            "SELECT current_setting('server_version'), current_setting('server_encoding'), current_setting('wal_level')",
            cancellationToken: Token);
        Assert.StartsWith(server.Version.ToString(), rows[0][0], StringComparison.Ordinal);
        Assert.Equal(["UTF8", "logical"], rows[0].Skip(1));
    }

    [Fact]
    public async Task Disposed_server_leaves_neither_port_nor_folder()
    {
        int port;
        string folder;
        await using (var server = await PostgresServer.StartAsync(cancellationToken: Token))
        {
            (port, folder) = (server.Port, server.SocketDirectory);
            Assert.True(Directory.Exists(folder));
        }

        Assert.True(await RawClient.RefusesAsync(port, Token));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Options_reach_the_server()
    {
        await using var server = await PostgresServer.StartAsync(
            new PostgresServerOptions
            {
                Settings = new Dictionary<string, string> { ["max_connections"] = "37", ["cluster_name"] = @"it's a back\slash" },
                HbaLines = ["host all alice 127.0.0.1/32 trust", "host all bob 127.0.0.1/32 reject"],
                InitSql =
                [
                    "CREATE ROLE alice LOGIN PASSWORD 'a;b'",
                    "CREATE ROLE bob LOGIN;",
                    "CREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$\nBEGIN\n  PERFORM 1;\n\n  RETURN 2;\nEND $$",
                    "CREATE DATABASE shop OWNER alice",
                ],
            },
            Token);

        Assert.Equal('R', await RawClient.FirstAnswerAsync(server.Port, "alice", Token));
        Assert.Equal('E', await RawClient.FirstAnswerAsync(server.Port, "bob", Token));
        Assert.Equal('E', await RawClient.FirstAnswerAsync(server.SocketPath, "alice", Token));
        var rows = await server.QueryAsync(
            "SELECT current_setting('max_connections'), current_setting('cluster_name'), two()", cancellationToken: Token);
        Assert.Equal(["37", @"it's a back\slash", "2"], rows[0]);
        Assert.Equal("alice", (await server.QueryAsync(
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()", "shop", Token))[0][0]);
    }

    [Fact]
    public async Task Failing_init_statement_is_told_in_the_servers_words()
    {
        var failure = await Assert.ThrowsAsync<PostgresServerException>(
            () => PostgresServer.StartAsync(new PostgresServerOptions { InitSql = ["CREATE ROLE a", "CREATE RULE nonsense"] }, Token));

        Assert.Contains("syntax error", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setting_that_the_server_rejects_fails_the_start_with_its_log()
    {
        var failure = await Assert.ThrowsAsync<PostgresServerException>(() => PostgresServer.StartAsync(
            new PostgresServerOptions { Settings = new Dictionary<string, string> { ["max_connections"] = "many" } }, Token));

        Assert.Contains("max_connections", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StopMode.Smart)]
    [InlineData(StopMode.Fast)]
    [InlineData(StopMode.Immediate)]
    [InlineData(StopMode.Kill)]
    public async Task Server_starts_again_on_its_port_with_its_data_after_each_stop(StopMode mode)
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);
        var port = server.Port;
        await server.QueryAsync("CREATE TABLE kept AS SELECT 42 AS answer; CHECKPOINT", cancellationToken: Token);

        await server.StopAsync(mode, Token);
        Assert.True(await RawClient.RefusesAsync(port, Token));
        await server.StartAgainAsync(Token);

        Assert.Equal(port, server.Port);
        Assert.Equal("42", (await server.QueryAsync("SELECT answer FROM kept", cancellationToken: Token))[0][0]);
    }

    [Fact]
    public async Task Killed_server_can_be_disposed()
    {
        var server = await PostgresServer.StartAsync(cancellationToken: Token);
        var folder = server.SocketDirectory;
        await server.StopAsync(StopMode.Kill, Token);

        await server.DisposeAsync();
        await server.DisposeAsync();

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Reload_lets_new_sessions_meet_the_new_rules()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);
        Assert.Equal('R', await RawClient.FirstAnswerAsync(server.Port, "postgres", Token));

        await server.ReloadAsync(new Dictionary<string, string> { ["work_mem"] = "123MB" }, ["host all all all reject"], Token);

        Assert.Equal('E', await RawClient.FirstAnswerAsync(server.Port, "postgres", Token));
        Assert.Equal("123MB", (await server.QueryAsync("SHOW work_mem", cancellationToken: Token))[0][0]);
    }

    [Theory]
    [InlineData(14)]
    [InlineData(18)]
    public async Task Replica_streams_and_can_be_promoted(int major)
    {
        await using var primary = await PostgresServer.StartAsync(major, Token);
        await primary.QueryAsync("CREATE TABLE t AS SELECT 1 AS n", cancellationToken: Token);
        await using var replica = await primary.StartReplicaAsync("north", cancellationToken: Token);
        await primary.QueryAsync("INSERT INTO t VALUES (2)", cancellationToken: Token);

        await replica.CatchUpAsync(Token);
        Assert.Equal("2", (await replica.QueryAsync("SELECT count(*) FROM t", cancellationToken: Token))[0][0]);
        Assert.Equal(
            "north", (await primary.QueryAsync("SELECT application_name FROM pg_stat_replication", cancellationToken: Token))[0][0]);
        await Assert.ThrowsAsync<PostgresServerException>(() => replica.QueryAsync("INSERT INTO t VALUES (3)", cancellationToken: Token));

        await primary.StopAsync(StopMode.Kill, Token);
        await replica.PromoteAsync(Token);
        await replica.QueryAsync("INSERT INTO t VALUES (3)", cancellationToken: Token);
        Assert.Equal("3", (await replica.QueryAsync("SELECT count(*) FROM t", cancellationToken: Token))[0][0]);
    }

    [Fact]
    public async Task Killed_backend_ends_its_session_and_the_server_recovers()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(server.TcpEndPoint, Token);
        await RawClient.FirstAnswerAsync(client.GetStream(), "postgres", "postgres", Token);
        var backends = await server.BackendPidsAsync(Token);

        await server.KillAsync(Assert.Single(backends), Token);

        var rest = new byte[64 * 1024];
        try
        {
            while (await client.GetStream().ReadAsync(rest, Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A reset is an end too.
        }

        await server.RestartAsync(cancellationToken: Token);
        Assert.Contains("terminated by signal 9", await server.ReadLogAsync(Token), StringComparison.Ordinal);
        Assert.Empty(await server.BackendPidsAsync(Token));
    }

    [Fact]
    public async Task Own_cluster_has_its_own_system_identifier_and_copies_share_one()
    {
        var servers = await Task.WhenAll(
            PostgresServer.StartAsync(cancellationToken: Token),
            PostgresServer.StartAsync(cancellationToken: Token),
            PostgresServer.StartAsync(new PostgresServerOptions { InitDbArguments = ["--wal-segsize=1"] }, Token));
        try
        {
            var identifiers = await Task.WhenAll(servers.Select(
                server => server.QueryAsync("SELECT system_identifier FROM pg_control_system()", cancellationToken: Token)));
            Assert.Equal(identifiers[0][0][0], identifiers[1][0][0]);
            Assert.NotEqual(identifiers[0][0][0], identifiers[2][0][0]);
            Assert.Equal("1MB", (await servers[2].QueryAsync("SHOW wal_segment_size", cancellationToken: Token))[0][0]);
        }
        finally
        {
            await Task.WhenAll(servers.Select(server => server.DisposeAsync().AsTask()));
        }
    }

    [Fact]
    public async Task Shared_server_is_one_and_survives_its_disposal()
    {
        var first = await PostgresServer.Shared();
        await first.DisposeAsync();
        var second = await PostgresServer.Shared();

        Assert.Same(first, second);
        Assert.Equal("1", (await second.QueryAsync("SELECT 1", cancellationToken: Token))[0][0]);
    }

    [Fact]
    public async Task Port_in_use_fails_a_start_that_insists_on_it()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);

        var failure = await Assert.ThrowsAsync<PostgresServerException>(
            () => PostgresServer.StartAsync(new PostgresServerOptions { Port = server.Port }, Token));

        Assert.Contains("could not bind", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_strings_escape_what_they_are_given()
    {
        var server = await PostgresServer.Shared();

        Assert.Equal(
            $"postgresql://a%40b:p%2Fw%3A@localhost:{server.Port}/d%20b?sslmode=disable",
            server.ConnectionUri("a@b", "d b", "p/w:", "localhost", "sslmode=disable"));
        Assert.Equal($"postgresql://postgres@127.0.0.1:{server.Port}/postgres", server.ConnectionUri());
        Assert.Equal(
            $@"host='{server.SocketDirectory}' port={server.Port} user='o\'brien' dbname='postgres'",
            server.UnixConnectionString("o'brien"));
    }
}
