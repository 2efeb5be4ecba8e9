using System.Security.Authentication;
using PgActors.Transports;

namespace PgActors.Actors.Tests.Transports;

public sealed class TlsTransportTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TlsSettings Settings => new() { TargetHost = "localhost", RootCertificates = _authority.Roots };

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData(TlsVersion.Tls12)]
    [InlineData(TlsVersion.Tls13)]
    public async Task Echo_brings_every_byte_back(TlsVersion version)
    {
        using var certificate = _authority.Server("localhost", ["localhost"]);
        await using var pair = await TlsPair.ConnectAsync(certificate);
        await pair.ShakeAsync(Settings with { MinVersion = version, MaxVersion = version });

        await Traffic.AssertEchoAsync(pair.Client, pair.Server, 1024 * 1024);

        var facts = pair.Client.Facts;
        Assert.True(facts.IsEncrypted);
        Assert.Equal(version, facts.TlsVersion);
        Assert.Equal("postgresql", facts.ApplicationProtocol);
        Assert.Equal(certificate.RawData, facts.ServerCertificate);
        Assert.Equal(CertificateChecks.Full, facts.ChecksPassed);
        Assert.True(facts.ServerVerified);
        Assert.False(facts.ClientCertificateSent);
    }

    [Fact]
    public async Task Both_directions_at_once_do_not_deadlock()
    {
        const int Count = 4 * 1024 * 1024;
        using var certificate = _authority.Server("localhost", ["localhost"]);
        await using var pair = await TlsPair.ConnectAsync(certificate);
        await pair.ShakeAsync(Settings);
        var (up, down) = (Traffic.Bytes(Count), Traffic.Bytes(Count + 1));
        var sends = Task.WhenAll(pair.Client.SendAsync(up, Ct).AsTask(), pair.Server.WriteAsync(down, Ct).AsTask());
        var upReceived = new byte[Count];
        var serverReceive = pair.Server.ReadExactlyAsync(upReceived, Ct).AsTask();
        var downReceived = await Traffic.ReceiveAsync(pair.Client, down.Length);
        await serverReceive;
        await sends;
        Assert.True(up.AsSpan().SequenceEqual(upReceived));
        Assert.True(down.AsSpan().SequenceEqual(downReceived));
    }

    [Fact]
    public async Task Plaintext_behind_the_answer_is_refused()
    {
        using var certificate = _authority.Server("localhost", ["localhost"]);
        await using var pair = await TlsPair.ConnectAsync(certificate);
        await pair.Socket.SendAsync("Sinjected"u8.ToArray(), Ct);
        Assert.Equal("S"u8.ToArray(), await Traffic.ReceiveAsync(pair.Client, 1));

        var failure = await Assert.ThrowsAsync<TransportException>(() => pair.Client.StartTlsAsync(Settings, Ct).AsTask());

        Assert.Equal(TransportFailure.PlaintextBeforeTls, failure.Kind);
        Assert.DoesNotContain("injected", failure.Message, StringComparison.Ordinal);
        Assert.False(pair.Client.Facts.IsEncrypted);
        var after = await Assert.ThrowsAsync<TransportException>(() => pair.Client.ReceiveAsync(new byte[8], Ct).AsTask());
        Assert.Equal(TransportFailure.Closed, after.Kind);
    }

    [Fact]
    public async Task Plaintext_instead_of_a_handshake_fails()
    {
        using var certificate = _authority.Server("localhost", ["localhost"]);
        await using var pair = await TlsPair.ConnectAsync(certificate);
        var start = pair.Client.StartTlsAsync(Settings, Ct).AsTask();
        await pair.Socket.SendAsync("E: who are you?"u8.ToArray(), Ct);
        var failure = await Assert.ThrowsAsync<TransportException>(() => start);
        Assert.Equal(TransportFailure.TlsFailed, failure.Kind);
        Assert.DoesNotContain("who are you", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task End_instead_of_a_handshake_fails_and_advises_on_direct_tls()
    {
        using var certificate = _authority.Server("localhost", ["localhost"]);
        await using var pair = await TlsPair.ConnectAsync(certificate);
        var start = pair.Client.StartTlsAsync(Settings with { RequireAlpn = true }, Ct).AsTask();
        await pair.Socket.ReceiveAsync(new byte[4096], Ct);
        pair.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        var failure = await Assert.ThrowsAsync<TransportException>(() => start);
        Assert.Equal(TransportFailure.TlsFailed, failure.Kind);
        Assert.Contains("use sslnegotiation=postgres for an older server", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_application_protocol_is_accepted_unless_required()
    {
        using var certificate = _authority.Server("localhost", ["localhost"]);
        await using (var pair = await TlsPair.ConnectAsync(certificate, options => options.ApplicationProtocols = null))
        {
            await pair.ShakeAsync(Settings);
            Assert.Null(pair.Client.Facts.ApplicationProtocol);
        }

        await using (var pair = await TlsPair.ConnectAsync(certificate, options => options.ApplicationProtocols = null))
        {
            var failure = await pair.FailToShakeAsync(Settings with { RequireAlpn = true });
            Assert.Equal(TransportFailure.AlpnMissing, failure.Kind);
            Assert.Contains("did not select the application protocol 'postgresql'", failure.Message, StringComparison.Ordinal);
        }

        await using (var pair = await TlsPair.ConnectAsync(certificate))
        {
            await pair.ShakeAsync(Settings with { RequireAlpn = true });
            Assert.Equal("postgresql", pair.Client.Facts.ApplicationProtocol);
        }
    }

    [Theory]
    [InlineData("localhost", true, "localhost")]
    [InlineData("localhost", false, "")]
    [InlineData("127.0.0.1", true, "")]
    public async Task Server_name_is_sent_for_names_and_when_asked(string host, bool send, string expected)
    {
        using var certificate = _authority.Server("localhost", ["localhost", "ip:127.0.0.1"]);
        string? seen = null;
        await using var pair = await TlsPair.ConnectAsync(certificate, options =>
        {
            options.ServerCertificateContext = null;
            options.ServerCertificateSelectionCallback = (_, name) =>
            {
                seen = name;
                return certificate;
            };
        });
        await pair.ShakeAsync(Settings with { TargetHost = host, SendServerName = send });
        Assert.Equal(expected, seen ?? "");
        Assert.True(pair.Client.Facts.ServerVerified);
    }

    [Fact]
    public async Task Version_that_the_server_lacks_fails()
    {
        using var certificate = _authority.Server("localhost", ["localhost"]);
        await using var pair = await TlsPair.ConnectAsync(certificate, options => options.EnabledSslProtocols = SslProtocols.Tls12);
        var failure = await pair.FailToShakeAsync(Settings with { MinVersion = TlsVersion.Tls13 });
        Assert.Equal(TransportFailure.TlsFailed, failure.Kind);
        Assert.Contains("Check that the server speaks Tls13 or later", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_that_exclude_each_other_fail_before_a_byte_is_sent()
    {
        using var certificate = _authority.Server("localhost", ["localhost"]);
        await using var pair = await TlsPair.ConnectAsync(certificate);
        var settings = Settings with { MinVersion = TlsVersion.Tls13, MaxVersion = TlsVersion.Tls12 };
        var failure = await Assert.ThrowsAsync<TransportException>(() => pair.Client.StartTlsAsync(settings, Ct).AsTask());
        Assert.Equal(TransportFailure.TlsSettingsInvalid, failure.Kind);
    }

    [Fact]
    public async Task Second_upgrade_is_refused()
    {
        using var certificate = _authority.Server("localhost", ["localhost"]);
        await using var pair = await TlsPair.ConnectAsync(certificate);
        await pair.ShakeAsync(Settings);
        await Assert.ThrowsAsync<InvalidOperationException>(() => pair.Client.StartTlsAsync(Settings, Ct).AsTask());
    }

    [Fact]
    public async Task Silent_server_is_given_up_when_the_token_says()
    {
        using var certificate = _authority.Server("localhost", ["localhost"]);
        await using var pair = await TlsPair.ConnectAsync(certificate);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var start = pair.Client.StartTlsAsync(Settings, stop.Token).AsTask();
        Assert.False(start.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
    }

    [Fact]
    public async Task Abort_ends_a_handshake()
    {
        using var certificate = _authority.Server("localhost", ["localhost"]);
        await using var pair = await TlsPair.ConnectAsync(certificate);
        var start = pair.Client.StartTlsAsync(Settings, Ct).AsTask();
        Assert.False(start.IsCompleted);
        pair.Client.Abort();
        Assert.Equal(TransportFailure.Closed, (await Traffic.FailureAsync(() => start)).Kind);
    }

    [Fact]
    public async Task Abort_wakes_a_pending_receive_and_a_pending_send()
    {
        using var certificate = _authority.Server("localhost", ["localhost"]);
        await using var pair = await TlsPair.ConnectAsync(certificate);
        await pair.ShakeAsync(Settings);
        var receive = pair.Client.ReceiveAsync(new byte[8], Ct).AsTask();
        var send = pair.Client.SendAsync(new byte[64 * 1024 * 1024], Ct).AsTask();
        Assert.False(receive.IsCompleted);
        pair.Client.Abort();
        Assert.Equal(TransportFailure.Closed, (await Traffic.FailureAsync(() => receive)).Kind);
        Assert.Equal(TransportFailure.Closed, (await Traffic.FailureAsync(() => send)).Kind);
        Assert.Equal(TransportFailure.Closed, (await Traffic.FailureAsync(() => pair.Client.SendAsync(new byte[8], Ct).AsTask())).Kind);
    }

    [Fact]
    public async Task Dispose_wakes_a_pending_receive()
    {
        using var certificate = _authority.Server("localhost", ["localhost"]);
        await using var pair = await TlsPair.ConnectAsync(certificate);
        await pair.ShakeAsync(Settings);
        var receive = pair.Client.ReceiveAsync(new byte[8], Ct).AsTask();
        await pair.Client.DisposeAsync();
        Assert.Equal(TransportFailure.Closed, (await Traffic.FailureAsync(() => receive)).Kind);
    }

    [Fact]
    public async Task Dispose_sends_what_was_sent_and_a_close_notify()
    {
        using var certificate = _authority.Server("localhost", ["localhost"]);
        await using var pair = await TlsPair.ConnectAsync(certificate);
        await pair.ShakeAsync(Settings with { MaxVersion = TlsVersion.Tls12 });
        await pair.Client.SendAsync("bye"u8.ToArray(), Ct);
        await pair.Client.DisposeAsync();

        // Type 21 is an alert (RFC 5246 §6.2.1); the data is type 23. Read as records, since a stream hides the difference to a bare end.
        var types = new List<int>();
        var header = new byte[5];
        while (await ReadAsync(header))
        {
            types.Add(header[0]);
            Assert.True(await ReadAsync(new byte[(header[3] << 8) | header[4]]));
        }

        Assert.Equal([23, 21], types);

        async Task<bool> ReadAsync(byte[] bytes)
        {
            var done = 0;
            while (done < bytes.Length)
            {
                var received = await pair.Socket.ReceiveAsync(bytes.AsMemory(done), Ct);
                if (received == 0)
                {
                    return false;
                }

                done += received;
            }

            return true;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task End_with_and_without_a_close_notify_reads_as_zero(bool notify)
    {
        using var certificate = _authority.Server("localhost", ["localhost"]);
        await using var pair = await TlsPair.ConnectAsync(certificate);
        await pair.ShakeAsync(Settings);
        if (notify)
        {
            await pair.Server.ShutdownAsync();
        }

        pair.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        Assert.Equal(0, await pair.Client.ReceiveAsync(new byte[8], Ct));
    }

    [Fact]
    public async Task End_inside_a_record_is_a_reset()
    {
        using var certificate = _authority.Server("localhost", ["localhost"]);
        await using var pair = await TlsPair.ConnectAsync(certificate);
        await pair.ShakeAsync(Settings);

        // The header of a record of 256 bytes, and one of them.
        await pair.Socket.SendAsync(new byte[] { 23, 3, 3, 1, 0, 7 }, Ct);
        pair.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        var failure = await Assert.ThrowsAsync<TransportException>(() => pair.Client.ReceiveAsync(new byte[8], Ct).AsTask());
        Assert.Equal(TransportFailure.Reset, failure.Kind);
    }

    [Fact]
    public async Task Forged_record_breaks_tls()
    {
        using var certificate = _authority.Server("localhost", ["localhost"]);
        await using var pair = await TlsPair.ConnectAsync(certificate);
        await pair.ShakeAsync(Settings);
        await pair.Socket.SendAsync((byte[])[23, 3, 3, 0, 32, .. new byte[32]], Ct);
        var failure = await Assert.ThrowsAsync<TransportException>(() => pair.Client.ReceiveAsync(new byte[8], Ct).AsTask());
        Assert.Equal(TransportFailure.TlsFailed, failure.Kind);
    }

    [Fact]
    public void Printed_settings_hold_no_password()
    {
        var text = (Settings with { ClientKeyPassword = "tomato" }).ToString();
        Assert.Contains("TargetHost = localhost", text, StringComparison.Ordinal);
        Assert.DoesNotContain("tomato", text, StringComparison.Ordinal);
    }
}
