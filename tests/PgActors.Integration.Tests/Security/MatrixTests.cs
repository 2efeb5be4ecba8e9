using PgActors.Testing;

namespace PgActors.Integration.Tests.Security;

/// <summary>Every way in, on the newest server and on 15: the same small day's work must be possible behind each.</summary>
public sealed class MatrixTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<int, Route, Login>> Ways =>
        from major in new[] { 18, 15 }
        from route in Enum.GetValues<Route>()
        from login in Enum.GetValues<Login>()
        where major >= 17 || route != Route.DirectTls
        where login != Login.ScramPlus || route is Route.Tls or Route.DirectTls
        select new TheoryDataRow<int, Route, Login>(major, route, login);

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Session_does_its_work_over_each_route_after_each_login(int major, Route route, Login login)
    {
        var server = await servers.GetAsync(major);
        await using var db = await PgDatabase.ConnectAsync(Options(server, route, login), cancellationToken: Token);

        var role = RoleOf(login).Name;
        var expected = (role, route is Route.UnixSocket, route is Route.Tls or Route.DirectTls);
        Assert.Equal(expected, await db.QuerySingleAsync<(string, bool, bool)>(
            "select current_user, inet_client_addr() is null, ssl from pg_stat_ssl where pid = pg_backend_pid()", Token));
        if (major >= 16 && login != Login.Trust)
            Assert.Equal($"{MethodOf(login)}:{role}", await db.QuerySingleAsync<string>("select system_user", Token));

        Assert.Equal(
            (42, "naïve", null), await db.QuerySingleAsync<(int, string, long?)>($"select {41} + 1, {"naïve"}, {(long?)null}", Token));

        var error = await Assert.ThrowsAsync<PgServerException>(async () => await db.QuerySingleAsync<int>($"select 1 / {0}", Token));
        Assert.Equal((SqlStates.DivisionByZero, Outcome.RolledBack), (error.SqlState, error.Outcome));

        Assert.Equal(Enumerable.Range(1, 3_000), await db.Query<int>($"select generate_series(1, {3_000})").ToListAsync(Token));
    }

    private static TestRole RoleOf(Login login) => login switch
    {
        Login.Trust => TestRole.Trusted,
        Login.Password => TestRole.Plain,
        Login.Md5 => TestRole.Md5,
        Login.Scram or Login.ScramPlus => TestRole.Scram,
    };

    private static string MethodOf(Login login) => login switch
    {
        Login.Trust => "trust",
        Login.Password => "password",
        Login.Md5 => "md5",
        Login.Scram or Login.ScramPlus => "scram-sha-256",
    };

    private static PgConnectionOptions Options(PostgresServer server, Route route, Login login)
    {
        var role = RoleOf(login);
        var options = PgConnectionOptions.Parse(route == Route.UnixSocket
            ? server.UnixConnectionString(role.Name)
            : server.ConnectionUri(role.Name, host: "localhost"));
        return options with
        {
            Password = role.Password,
            SharedSessions = 1,
            SslMode = route is Route.Tls or Route.DirectTls ? TlsMode.VerifyFull : TlsMode.Disable,
            SslRootCert = route is Route.Tls or Route.DirectTls ? server.Certificates!.AuthorityFile : null,
            SslNegotiation = route == Route.DirectTls ? TlsNegotiation.Direct : TlsNegotiation.Postgres,
            ChannelBinding = login == Login.ScramPlus ? ChannelBindingMode.Require : ChannelBindingMode.Prefer,

            // Without being named, the password and its MD5 hash are not given away on a connection that anybody can read.
            RequireAuth = login is Login.Password or Login.Md5 ? [MethodOf(login)] : [],
        };
    }
}
