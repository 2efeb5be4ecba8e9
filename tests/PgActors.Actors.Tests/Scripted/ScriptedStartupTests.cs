using PgActors.Protocol;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Scripted;

public sealed class ScriptedStartupTests
{
    private const int Grease = 0x0003_270F;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0x0003_0000, 0x0003_0000, false, 4)]
    [InlineData(0x0003_0001, 0x0003_0001, false, 4)]
    [InlineData(0x0003_0002, 0x0003_0002, false, 32)]
    [InlineData(0x0003_0003, 0x0003_0002, true, 32)]
    [InlineData(Grease, 0x0003_0002, true, 32)]
    public async Task A_version_is_agreed_as_PostgreSQL_18_does(int asked, int agreed, bool isNegotiated, int keyLength)
    {
        var (client, server) = Pair();
        await client.SendAsync(WireClient.Startup(new ProtocolVersion(asked)));

        var login = await server.AcceptTrustAsync(Ct);
        var messages = await client.ReceiveUntilReadyAsync();

        Assert.Equal(agreed, login.Version.Word);
        Assert.Equal(keyLength, messages.OfType<BackendKeyData>().Single().SecretKey.Length);
        Assert.Equal(login.Key, messages.OfType<BackendKeyData>().Single());
        if (isNegotiated)
            Assert.Equal(new NegotiateProtocolVersion(new ProtocolVersion(agreed), []), messages[0]);
        else
            Assert.Equal(new AuthenticationOk(), messages[0]);
    }

    [Theory]
    [InlineData(0x0003_0002, true)]
    [InlineData(0x0003_0000, false)]
    public async Task An_old_server_keeps_to_its_version(int asked, bool isNegotiated)
    {
        var (client, server) = Pair();
        await client.SendAsync(WireClient.Startup(new ProtocolVersion(asked)));

        var login = await server.AcceptTrustAsync(new ScriptedStartup { MaxVersion = ProtocolVersion.Version30 }, Ct);
        var messages = await client.ReceiveUntilReadyAsync();

        Assert.Equal(ProtocolVersion.Version30, login.Version);
        Assert.Equal(isNegotiated, messages.OfType<NegotiateProtocolVersion>().Any());
        Assert.Equal(4, messages.OfType<BackendKeyData>().Single().SecretKey.Length);
    }

    [Fact]
    public async Task Unknown_protocol_options_are_listed_even_if_the_version_is_known()
    {
        var (client, server) = Pair();
        await client.SendAsync(WireClient.Startup(ProtocolVersion.Version30, new StartupParameter("_pq_.x", "1")));

        await server.AcceptTrustAsync(Ct);

        Assert.Equal(new NegotiateProtocolVersion(ProtocolVersion.Version30, ["_pq_.x"]), await client.ReceiveAsync());
    }

    [Fact]
    public async Task Settings_come_between_Ok_and_Ready_as_told()
    {
        var (client, server) = Pair();
        await client.SendAsync(WireClient.Startup(ProtocolVersion.Version30));

        await server.AcceptTrustAsync(new ScriptedStartup { Settings = [new("server_version", "14.0")], SendsKey = false }, Ct);

        Assert.Equal(
            [new AuthenticationOk(), new ParameterStatus("server_version", "14.0"), new ReadyForQuery(TransactionStatus.Idle)],
            await client.ReceiveUntilReadyAsync());
        Assert.Single(client.Receives);
    }

    [Fact]
    public async Task Encryption_is_refused_by_default()
    {
        var (client, server) = Pair();
        var accepting = server.AcceptTrustAsync(Ct);
        await client.SendAsync(new GssEncRequest());
        Assert.Equal('N', await client.ReceiveByteAsync());
        await client.SendAsync(new SslRequest());
        Assert.Equal('N', await client.ReceiveByteAsync());
        await client.SendAsync(WireClient.Startup(ProtocolVersion.Version32));

        Assert.Equal(ScriptedLoginOutcome.Accepted, (await accepting).Outcome);
    }

    [Fact]
    public async Task Encryption_is_accepted_when_told_and_the_handshake_changes_the_transport()
    {
        var (client, server) = Pair();
        var plain = server.Transport;
        var (protectedClient, protectedServer) = MemoryTransport.CreatePair();
        var accepting = server.AcceptTrustAsync(
            new ScriptedStartup
            {
                AcceptsTls = true,
                TlsHandshake = (transport, _) =>
                {
                    Assert.Same(plain, transport);
                    return ValueTask.FromResult<PgActors.Transports.ITransport>(protectedServer);
                },
            },
            Ct);
        await client.SendAsync(new SslRequest());
        Assert.Equal('S', await client.ReceiveByteAsync());

        await using var inside = new WireClient(protectedClient);
        await inside.SendAsync(WireClient.Startup(ProtocolVersion.Version30));
        await accepting;
        await inside.ReceiveUntilReadyAsync();
    }

    [Fact]
    public async Task Bytes_behind_a_request_for_encryption_are_refused()
    {
        var (client, server) = Pair();
        await client.SendAsync(new SslRequest(), WireClient.Startup(ProtocolVersion.Version30));

        await Assert.ThrowsAsync<ScriptFailureException>(
            () => server.AcceptTrustAsync(new ScriptedStartup { AcceptsTls = true }, Ct));
    }

    [Fact]
    public async Task A_cancel_connection_is_accepted_like_any_other_and_told_by_its_packet()
    {
        var connector = new MemoryConnector();
        await using var server = ScriptedServer.InMemory(connector);
        await using var client = await WireClient.ConnectAsync(connector);
        await client.SendAsync(WireClient.Startup(ProtocolVersion.Version32));
        var session = await server.AcceptAsync(Ct);
        var login = await session.AcceptTrustAsync(Ct);
        var key = login.Key!.Value;

        await using var canceller = await WireClient.ConnectAsync(connector);
        await canceller.SendAsync(new CancelRequest(key.ProcessId, key.SecretKey));
        var cancel = await server.AcceptAsync(Ct);

        Assert.Equal(new CancelRequest(key.ProcessId, key.SecretKey), await cancel.ExpectCancelAsync(Ct));
        await cancel.CloseAsync();
        await canceller.ReceiveEndAsync();
        Assert.Equal([session, cancel], server.Connections);
    }

    [Fact]
    public async Task A_session_where_a_cancel_is_expected_fails_and_the_other_way_round()
    {
        var (client, server) = Pair();
        await client.SendAsync(WireClient.Startup(ProtocolVersion.Version30));
        await Assert.ThrowsAsync<ScriptFailureException>(() => server.ExpectCancelAsync(Ct));

        var (canceller, other) = Pair();
        await canceller.SendAsync(new CancelRequest(1, [1, 2, 3, 4]));
        var failure = await Assert.ThrowsAsync<ScriptFailureException>(() => other.AcceptTrustAsync(Ct));
        Assert.Contains("CancelRequest", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_major_version_fails_the_script()
    {
        var (client, server) = Pair();
        await client.SendAsync(WireClient.Startup(new ProtocolVersion(0x0004_0000)));

        var failure = await Assert.ThrowsAsync<ScriptFailureException>(() => server.AcceptTrustAsync(Ct));

        Assert.Contains("4.0", failure.Message, StringComparison.Ordinal);
    }

    private static (WireClient Client, ScriptedConnection Server) Pair()
    {
        var (client, server) = MemoryTransport.CreatePair();
        return (new WireClient(client), new ScriptedConnection(server));
    }
}
