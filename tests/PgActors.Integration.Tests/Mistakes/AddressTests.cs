using PgActors.Sessions;

namespace PgActors.Integration.Tests.Mistakes;

/// <summary>Wrong addresses, and what may listen there.</summary>
public sealed class AddressTests(TestServers servers)
{
    // Nothing listens on the first privileged port of a test machine (TCPMUX, RFC 1078).
    private const int SilentPort = 1;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unknown_host_is_named()
    {
        var failure = await Failures.OfConnectingAsync($"postgres://u:{Failures.Secret}@no.such.host.invalid/db");

        Assert.Equal((SessionFailureKind.Unreachable, Outcome.NotSent), (failure.Kind, failure.Outcome));
        failure.Says("no.such.host.invalid", "host name was not found", "Check its spelling", "No command was sent");
    }

    [Fact]
    public async Task Port_without_a_listener_is_named()
    {
        var failure = await Failures.OfConnectingAsync($"postgres://u:{Failures.Secret}@127.0.0.1:{SilentPort}/db");

        Assert.Equal((SessionFailureKind.Unreachable, Outcome.NotSent), (failure.Kind, failure.Outcome));
        failure.Says("127.0.0.1 port 1", "connection refused", "Is the server running there");
    }

    [Fact]
    public async Task Missing_socket_file_is_named()
    {
        var failure = await Failures.OfConnectingAsync($"host=/no/such/directory user=u password={Failures.Secret}");

        failure.Says("/no/such/directory/.s.PGSQL.5432", "no such file", "unix_socket_directories");
    }

    [Fact]
    public async Task Each_of_several_hosts_is_told_of()
    {
        var failure = await Failures.OfConnectingAsync($"postgres://u:{Failures.Secret}@127.0.0.1:{SilentPort},no.such.host.invalid:2/db");

        failure.Says("None of the 2 hosts");
        failure.Says("127.0.0.1:1: Cannot connect", "refused", "no.such.host.invalid:2: Cannot connect", "not found");
    }

    [Fact]
    public async Task Good_host_behind_bad_ones_is_found()
    {
        var port = (await servers.GetAsync()).Port;
        await using var mute = Impostor.Mute();
        var hosts = $"127.0.0.1:{SilentPort},127.0.0.1:{mute.Port},127.0.0.1:{port}";
        await using var db = await PgDatabase.ConnectAsync(
            PgConnectionOptions.Parse($"postgres://postgres@{hosts}/postgres?connect_timeout=2s&sslmode=disable"),
            cancellationToken: Token);

        Assert.Equal($"127.0.0.1:{port}", db.Server);
        Assert.Equal(1, await db.QuerySingleAsync<int>("select 1", Token));
    }

    [Theory]
    [InlineData("sslmode=disable", "does not speak PostgreSQL's protocol")]
    [InlineData("sslmode=prefer", "is not a PostgreSQL server")]
    [InlineData("sslmode=require", "is not a PostgreSQL server")]
    public async Task Web_server_is_recognized_as_none_of_ours(string option, string part)
    {
        await using var web = Impostor.Web();

        var failure = await Failures.OfConnectingAsync($"postgres://u:{Failures.Secret}@127.0.0.1:{web.Port}/db?{option}");

        Assert.Equal(SessionFailureKind.ProtocolViolation, failure.Kind);
        failure.Says(part, "heck host and port", $"127.0.0.1:{web.Port}");
    }

    [Fact]
    public async Task Web_server_behind_direct_tls_fails_the_handshake()
    {
        await using var web = Impostor.Web();

        var failure = await Failures.OfConnectingAsync(
            $"postgres://u:{Failures.Secret}@127.0.0.1:{web.Port}/db?sslmode=require&sslnegotiation=direct");

        Assert.Equal(SessionFailureKind.EncryptionFailed, failure.Kind);
        failure.Says("TLS handshake", $"127.0.0.1 port {web.Port}", "PostgreSQL 17 or later", "sslnegotiation=postgres");
    }

    [Theory]
    [InlineData("sslmode=disable", "without an answer to the StartupMessage")]
    [InlineData("sslmode=prefer", "without answering SSLRequest")]
    public async Task Listener_that_hangs_up_is_recognized(string option, string part)
    {
        await using var closing = Impostor.Saying("");

        var failure = await Failures.OfConnectingAsync($"postgres://u:{Failures.Secret}@127.0.0.1:{closing.Port}/db?{option}");

        failure.Says(part, "PostgreSQL server", $"127.0.0.1:{closing.Port}");
    }

    [Theory]
    [InlineData("sslmode=disable", "waiting for the answer to the StartupMessage")]
    [InlineData("sslmode=prefer", "waiting for the answer to SSLRequest")]
    [InlineData("sslmode=require&sslnegotiation=direct", "shaking hands (TLS)")]
    public async Task Listener_that_never_answers_is_given_up_in_time(string option, string part)
    {
        await using var mute = Impostor.Mute();

        var failure = await Failures.OfConnectingAsync(
            $"postgres://u:{Failures.Secret}@127.0.0.1:{mute.Port}/db?connect_timeout=200ms&{option}");

        Assert.Equal((SessionFailureKind.TimedOut, Outcome.NotSent), (failure.Kind, failure.Outcome));
        failure.Says(part, "0.2 s", "connect_timeout", $"127.0.0.1:{mute.Port}");
    }

    [Fact]
    public async Task Connecting_can_be_cancelled()
    {
        await using var mute = Impostor.Mute();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var connecting = PgDatabase.ConnectAsync(
            PgConnectionOptions.Parse($"postgres://u:{Failures.Secret}@127.0.0.1:{mute.Port}/db"), cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    [Theory]
    [InlineData("postgres://u:s3cr3t-w0rd@localhost/db?sslmod=require", "did you mean 'sslmode'?", "sslmod=require")]
    [InlineData("postgres://u:s3cr3t-w0rd@localhost/db?sslmode=sure", "verify-full", "sure")]
    [InlineData("postgres://u:s3cr3t-w0rd@localhost/db?connect_timeout=soon", "whole number of seconds", "soon")]
    [InlineData("postgre://u:s3cr3t-w0rd@localhost/db", "postgres://user@host:5432/database", "postgre:")]
    [InlineData("host=localhost prot=5432 user=u password=s3cr3t-w0rd", "did you mean 'port'?", "prot=5432")]
    public void Typo_in_the_text_is_pointed_at(string text, string advice, string pointed)
    {
        var refused = Assert.Throws<PgOptionsException>(() => PgConnectionOptions.Parse(text));

        refused.Says(advice);
        var lines = refused.Message.Split('\n');
        Assert.StartsWith(pointed, lines[^2][lines[^1].IndexOf('^', StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public void Foreign_form_of_text_is_recognized()
    {
        var refused = Assert.Throws<PgOptionsException>(
            () => PgConnectionOptions.Parse($"Server=localhost;User Id=u;Password={Failures.Secret};Database=db"));

        refused.Says("ADO.NET", "postgres://user@host:5432/database");
    }
}
