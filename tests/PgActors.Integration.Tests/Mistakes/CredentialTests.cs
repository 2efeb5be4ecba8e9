using PgActors.Sessions;

namespace PgActors.Integration.Tests.Mistakes;

/// <summary>Wrong users, passwords and databases.</summary>
public sealed class CredentialTests(TestServers servers)
{
    [Theory]
    [InlineData(18)]
    [InlineData(15)]
    public async Task Unknown_database_is_named(int major)
    {
        var server = await servers.GetAsync(major);

        var failure = await Failures.OfConnectingAsync(server.ConnectionUri(database: "no such database", password: Failures.Secret));

        Assert.Equal((SessionFailureKind.ServerRefused, SqlStates.InvalidCatalogName), (failure.Kind, failure.Error?.SqlState));
        failure.Says("3D000", "\"no such database\" does not exist", "Check the database's name", $"127.0.0.1:{server.Port}");
    }

    [Fact]
    public async Task Unknown_user_is_named()
    {
        var server = await servers.GetAsync();

        var failure = await Failures.OfConnectingAsync(server.ConnectionUri("nobody", password: Failures.Secret));

        Assert.Equal(SessionFailureKind.ServerRefused, failure.Kind);
        failure.Says("28000", "\"nobody\" does not exist");
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("hashed")]
    [InlineData("scram")]
    public async Task Wrong_password_is_told_without_it(string role)
    {
        var server = await servers.GetAsync();

        var failure = await Failures.OfConnectingAsync(
            server.ConnectionUri(role, password: Failures.Secret, parameters: "sslmode=require"));

        Assert.Equal((SessionFailureKind.ServerRefused, SqlStates.InvalidPassword), (failure.Kind, failure.Error?.SqlState));
        failure.Says("28P01", $"password authentication failed for user \"{role}\"", "Check user and password");
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("hashed")]
    [InlineData("scram")]
    public async Task Missing_password_is_asked_for_with_the_places_to_put_it(string role)
    {
        var server = await servers.GetAsync();

        var failure = await Failures.OfConnectingAsync(server.ConnectionUri(role, parameters: "sslmode=require"));

        Assert.Equal(SessionFailureKind.PolicyRefused, failure.Kind);
        failure.Says("asks for a password, and none was given", "connection options", "PGPASSWORD", "password file");
    }

    [Theory]
    [InlineData("plain", "password")]
    [InlineData("hashed", "md5")]
    public async Task Password_is_not_given_away_on_an_open_wire(string role, string method)
    {
        var server = await servers.GetAsync();
        var connector = new Security.RecordingConnector();

        var failure = await Assert.ThrowsAsync<PgConnectionException>(() => PgDatabase.ConnectAsync(
            PgConnectionOptions.Parse(server.ConnectionUri(role, password: Failures.Secret, parameters: "sslmode=disable")),
            new PgDatabaseSettings { Connector = connector },
            TestContext.Current.CancellationToken));

        Assert.Equal(SessionFailureKind.PolicyRefused, failure.Kind);
        failure.Says(method, "nothing encrypts", "sslmode=verify-full", "scram-sha-256", $"require_auth={method}");

        // The start-up packet and nothing behind it.
        var sent = Assert.Single(connector.Connections).Sent;
        Assert.Equal(sent.Length, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(sent));
    }

    [Fact]
    public async Task Method_that_is_not_allowed_is_named()
    {
        var server = await servers.GetAsync();

        var failure = await Failures.OfConnectingAsync(
            server.ConnectionUri("plain", password: Failures.Secret, parameters: "require_auth=scram-sha-256"));

        failure.Says("password authentication", "require_auth does not allow");
    }

    [Fact]
    public async Task Missing_channel_binding_is_told()
    {
        var server = await servers.GetAsync();

        var failure = await Failures.OfConnectingAsync(
            server.ConnectionUri("trusted", password: Failures.Secret, parameters: "channel_binding=require&sslmode=require"));

        Assert.Equal(SessionFailureKind.PolicyRefused, failure.Kind);
        failure.Says("channel_binding=require", "bound to the channel");
    }

    [Fact]
    public async Task Session_too_many_is_told_and_the_others_go_on()
    {
        var token = TestContext.Current.CancellationToken;
        var server = await servers.GetAsync();
        await server.QueryAsync("CREATE ROLE limited LOGIN CONNECTION LIMIT 2", cancellationToken: token);
        await using var db = await PgDatabase.ConnectAsync(
            PgConnectionOptions.Parse(server.ConnectionUri("limited", parameters: "shared_sessions=1")), cancellationToken: token);
        await using var first = db.Query<int>("select generate_series(1, 2000000000)").GetAsyncEnumerator(token);
        Assert.True(await first.MoveNextAsync());

        var failure = await Assert.ThrowsAsync<PgConnectionException>(async () => await db.Query<int>("select 1").ToListAsync(token));

        Assert.Equal((SqlStates.TooManyConnections, Outcome.NotSent), (failure.Error?.SqlState, failure.Outcome));
        failure.Says("53300", "too many connections for role \"limited\"", "No command was sent");
        Assert.True(await first.MoveNextAsync());
        Assert.Equal(1, await db.QuerySingleAsync<int>("select 1", token));
    }

    [Fact]
    public async Task Server_of_the_wrong_kind_is_described()
    {
        var server = await servers.GetAsync();

        var failure = await Failures.OfConnectingAsync(server.ConnectionUri(parameters: "target_session_attrs=standby"));

        failure.Says("is a primary and accepts writes", "target_session_attrs asks for a standby");
    }
}
