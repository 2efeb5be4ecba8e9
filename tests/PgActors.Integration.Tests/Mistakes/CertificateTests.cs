using PgActors.Sessions;
using PgActors.Testing;

namespace PgActors.Integration.Tests.Mistakes;

/// <summary>Servers whose certificate is not what <c>sslmode=verify-full</c> asks for, or that have none.</summary>
public sealed class CertificateTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TlsServerIdentity.OtherAuthority, "issued by 'CN=PgActors other authority'", "sslrootcert")]
    [InlineData(TlsServerIdentity.WrongHost, "not for the host 'localhost' but for 'elsewhere.invalid'", "Connect by one of")]
    [InlineData(TlsServerIdentity.Expired, "expired on", "Renew it")]
    [InlineData(TlsServerIdentity.NotYetValid, "valid only from", "clock")]
    public async Task Certificate_that_cannot_be_trusted_is_told_why(TlsServerIdentity identity, string reason, string advice)
    {
        await using var server = await PostgresServer.StartAsync(
            new PostgresServerOptions { Tls = new TlsOptions { ServerIdentity = identity } }, Token);

        var checks = $"sslmode=verify-full&sslrootcert={server.Certificates!.AuthorityFile}";
        var failure = await Failures.OfConnectingAsync(
            server.ConnectionUri(password: Failures.Secret, host: "localhost", parameters: checks));

        Assert.Equal((SessionFailureKind.EncryptionFailed, Outcome.NotSent), (failure.Kind, failure.Outcome));
        failure.Says("cannot be trusted", reason, advice, $"localhost:{server.Port}");

        // The same server is good enough for whoever asks for no proof.
        await using var db = await PgDatabase.ConnectAsync(
            PgConnectionOptions.Parse(server.ConnectionUri(host: "localhost", parameters: "sslmode=require")), cancellationToken: Token);
        Assert.True(await db.QuerySingleAsync<bool>("select ssl from pg_stat_ssl where pid = pg_backend_pid()", Token));
    }

    [Fact]
    public async Task Authority_that_signed_nothing_here_is_not_enough()
    {
        var server = await servers.GetAsync();

        var failure = await Failures.OfConnectingAsync(
            server.ConnectionUri(parameters: $"sslmode=verify-ca&sslrootcert={server.Certificates!.OtherAuthorityFile}"));

        failure.Says("issued by 'CN=PgActors test authority'", "unknown to the given root certificates", "sslrootcert");
    }

    [Fact]
    public async Task Unknown_authority_without_a_file_is_told_where_to_give_one()
    {
        var server = await servers.GetAsync();

        var failure = await Failures.OfConnectingAsync(server.ConnectionUri(parameters: "sslmode=verify-full"));

        failure.Says("unknown to the system's root certificates", "as sslrootcert");
    }

    [Fact]
    public async Task Missing_root_file_is_named()
    {
        var server = await servers.GetAsync();

        var failure = await Failures.OfConnectingAsync(server.ConnectionUri(parameters: "sslmode=verify-full&sslrootcert=/no/such/file"));

        failure.Says("/no/such/file", "cannot be used");
    }

    [Fact]
    public async Task Server_without_tls_is_told_of()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);

        var failure = await Failures.OfConnectingAsync(server.ConnectionUri(password: Failures.Secret, parameters: "sslmode=require"));

        Assert.Equal(SessionFailureKind.EncryptionFailed, failure.Kind);
        failure.Says("does not encrypt", "'ssl' on at the server", "sslmode");
    }

    [Fact]
    public async Task Server_that_insists_on_tls_is_told_of()
    {
        await using var server = await PostgresServer.StartAsync(
            new PostgresServerOptions { Tls = new TlsOptions { Required = true } }, Token);

        var failure = await Failures.OfConnectingAsync(server.ConnectionUri(password: Failures.Secret, parameters: "sslmode=disable"));

        Assert.Equal(SessionFailureKind.ServerRefused, failure.Kind);
        failure.Says("28000", "no pg_hba.conf entry", "no encryption");
    }

    [Fact]
    public async Task Direct_tls_to_an_older_server_is_explained()
    {
        var server = await servers.GetAsync(15);

        var failure = await Failures.OfConnectingAsync(server.ConnectionUri(parameters: "sslmode=require&sslnegotiation=direct"));

        Assert.Equal(SessionFailureKind.EncryptionFailed, failure.Kind);
        failure.Says("PostgreSQL 17 or later", "sslnegotiation=postgres");
    }
}
