using PgActors.Engine.Tests.Protocol;
using PgActors.Framing;
using PgActors.Protocol;
using PgActors.Sessions;
using static PgActors.Engine.Tests.Sessions.Pipelines;
using static PgActors.Engine.Tests.Sessions.Startups;

namespace PgActors.Engine.Tests.Sessions;

public sealed class StartupMachineTests
{
    private static readonly StartupSettings Negotiating = Clear with { Encryption = EncryptionRequest.Negotiate };
    private static readonly SessionEffects SendStartup =
        Order(SessionEffectKind.SendStartup, default, new StartupMessage(ProtocolVersion.Version32, Parameters));

    [Fact]
    public void Clear_text_begins_with_the_startup_message()
    {
        var machine = new StartupMachine(Clear);

        Assert.Equal(StartupPhase.Created, machine.Phase);
        Assert.Equal(SendStartup, machine.OnConnected());
        Assert.Equal(StartupPhase.Authenticating, machine.Phase);
    }

    [Fact]
    public void Negotiated_tls_comes_first()
    {
        var machine = new StartupMachine(Negotiating);

        Assert.Equal(Order(SessionEffectKind.SendSslRequest), machine.OnConnected());
        Assert.Equal(StartupPhase.AwaitingEncryptionReply, machine.Phase);
        Assert.Equal(Order(SessionEffectKind.StartTls), machine.OnEncryptionReply((byte)'S'));
        Assert.Equal(StartupPhase.Securing, machine.Phase);
        Assert.Equal(SendStartup, machine.OnSecured());
        Assert.Equal(StartupPhase.Authenticating, machine.Phase);
    }

    [Fact]
    public void Direct_tls_asks_nobody()
    {
        var machine = new StartupMachine(Clear with { Encryption = EncryptionRequest.Direct });

        Assert.Equal(Order(SessionEffectKind.StartTls), machine.OnConnected());
        Assert.Equal(SendStartup, machine.OnSecured());
    }

    [Theory]
    [InlineData(EncryptionRequest.None)]
    [InlineData(EncryptionRequest.Negotiate)]
    [InlineData(EncryptionRequest.Direct)]
    public void Nothing_is_encrypted_on_a_unix_socket(EncryptionRequest encryption)
        => Assert.Equal(SendStartup, new StartupMachine(Clear with { IsUnixSocket = true, Encryption = encryption }).OnConnected());

    [Fact]
    public void Server_that_does_not_encrypt_is_taken_only_where_clear_text_will_do()
    {
        Assert.Equal(SendStartup, AskedForTls(Negotiating with { AcceptsClearText = true }).OnEncryptionReply((byte)'N'));
        AssertClosed(SessionFailureKind.EncryptionFailed, AskedForTls().OnEncryptionReply((byte)'N'));
    }

    [Fact]
    public void Error_before_encryption_is_not_shown()
    {
        var failure = AssertClosed(SessionFailureKind.ServerRefused, AskedForTls().OnEncryptionReply((byte)'E'));
        Assert.Null(failure.Error);
        Assert.Equal(StartupRetry.None, failure.Retry);
    }

    [Theory]
    [InlineData((byte)'G')]
    [InlineData((byte)'H')]
    [InlineData((byte)'s')]
    [InlineData((byte)0)]
    public void Any_other_byte_is_no_answer(byte reply)
    {
        var machine = AskedForTls();

        AssertViolation(machine.OnEncryptionReply(reply));
        Assert.Equal(StartupPhase.Failed, machine.Phase);
    }

    [Fact]
    public void Facts_out_of_turn_are_violations()
    {
        AssertViolation(new StartupMachine(Negotiating).OnEncryptionReply((byte)'S'));
        AssertViolation(AskedForTls().Also(machine => machine.OnEncryptionReply((byte)'S')).OnEncryptionReply((byte)'S'));
        AssertViolation(AskedForTls().OnSecured());
        AssertViolation(AskedForTls().Feed(Idle));
        AssertViolation(new StartupMachine(Clear).Feed(Idle));
        AssertViolation(AwaitingReady().OnSecured());
    }

    [Theory]
    [InlineData(false, StartupRetry.None)]
    [InlineData(true, StartupRetry.WithoutTls)]
    public void Failed_handshake_says_whether_clear_text_would_do(bool acceptsClearText, StartupRetry expected)
    {
        var machine = AskedForTls(Negotiating with { AcceptsClearText = acceptsClearText });
        machine.OnEncryptionReply((byte)'S');

        var failure = AssertClosed(SessionFailureKind.EncryptionFailed, machine.OnTlsFailed("the certificate has expired"));
        Assert.Equal("the certificate has expired", failure.Message);
        Assert.Equal(expected, failure.Retry);
    }

    [Fact]
    public void Trusted_client_is_ready_after_settings_and_key()
    {
        var machine = Authenticating();

        Assert.Equal(None, machine.Feed(default(AuthenticationOk)));
        Assert.Equal(StartupPhase.AwaitingReady, machine.Phase);
        Assert.Equal(None, machine.Feed(Utf8));
        Assert.Equal(None, machine.Feed(new ParameterStatus("server_version", "18.4")));
        Assert.Equal(None, machine.Feed(Key));
        Assert.Equal(Order(SessionEffectKind.Ready), machine.Feed(Idle));
        Assert.Equal(StartupPhase.Completed, machine.Phase);
        Assert.Equal(77, machine.ProcessId);
        Assert.Equal(Key.SecretKey, machine.CancelKey);
        Assert.Equal(ProtocolVersion.Version32, machine.Version);
        Assert.Equal("18.4", machine.Parameters.ServerVersion);
    }

    [Fact]
    public void Key_and_settings_may_be_missing_behind_a_pooler()
    {
        var machine = AwaitingReady();

        Assert.Equal(Order(SessionEffectKind.Ready), machine.Feed(Idle));
        Assert.Equal(0, machine.ProcessId);
        Assert.True(machine.CancelKey.IsEmpty);
    }

    [Fact]
    public void Second_key_is_a_violation_even_for_process_0()
    {
        AssertViolation(AwaitingReady().Also(machine => machine.Feed(Key)).Feed(Key));
        AssertViolation(AwaitingReady().Also(machine => machine.Feed(Key with { ProcessId = 0 })).Feed(Key));
    }

    [Fact]
    public void Key_has_four_bytes_in_protocol_3_0()
    {
        var settings = Clear with { MaxVersion = ProtocolVersion.Version30 };

        Assert.Equal(None, AwaitingReady(settings).Feed(OldKey));
        AssertViolation(AwaitingReady(settings).Feed(Key));
        AssertViolation(AwaitingReady(settings).Feed(OldKey with { SecretKey = [1, 2, 3, 4, 5] }));
        Assert.Equal(None, AwaitingReady().Feed(OldKey));
    }

    [Fact]
    public void Notices_are_passed_on_and_early_notifications_dropped()
    {
        var notice = new PgError { Severity = "WARNING", SqlState = "01000", Message = "your password expires soon" };

        Assert.Equal(Order(SessionEffectKind.ReportNotice, default, notice), Authenticating().Feed(new NoticeResponse(notice)));
        Assert.Equal(Order(SessionEffectKind.ReportNotice, default, notice), AwaitingReady().Feed(new NoticeResponse(notice)));
        Assert.Equal(None, AwaitingReady().Feed(new NotificationResponse(1, "a", "")));
    }

    [Theory]
    [InlineData(TransactionStatus.InTransaction)]
    [InlineData(TransactionStatus.Failed)]
    public void Session_cannot_begin_inside_a_transaction(TransactionStatus status)
        => AssertViolation(AwaitingReady().Feed(new ReadyForQuery(status)));

    [Theory]
    [InlineData("LATIN1", false)]
    [InlineData("SQL_ASCII", false)]
    [InlineData("UTF8", true)]
    [InlineData("utf8", true)]
    public void Session_speaks_utf8(string encoding, bool isReady)
    {
        var machine = AwaitingReady();
        machine.Feed(new ParameterStatus("client_encoding", encoding));

        var effects = machine.Feed(Idle);
        if (isReady)
            Assert.Equal(Order(SessionEffectKind.Ready), effects);
        else
            AssertViolation(effects);
    }

    [Fact]
    public void Distinct_settings_are_bounded()
    {
        var machine = AwaitingReady();
        for (var i = 0; i < SessionParameters.MaxCount; i++)
            Assert.Equal(None, machine.Feed(new ParameterStatus($"x.{i}", "")));

        Assert.Equal(None, machine.Feed(new ParameterStatus("x.0", "again")));
        AssertViolation(machine.Feed(new ParameterStatus("one more", "")));
    }

    [Fact]
    public void Messages_before_ready_are_counted()
    {
        var machine = AwaitingReady();
        for (var i = 1; i < MessageLimits.MaxStartupMessages; i++)
            Assert.Equal(None, machine.Feed(new ParameterStatus("a", "b")));

        AssertViolation(machine.Feed(new ParameterStatus("a", "b")));
    }

    [Fact]
    public void Bytes_before_ready_are_counted()
    {
        const int Message = 65_536;
        var machine = AwaitingReady();
        var spent = 5 + BodyOf(default(AuthenticationOk)).Length;
        var large = new ParameterStatus("a", new string('x', Message - 5 - 3));
        for (; spent + Message <= MessageLimits.MaxStartupBytes; spent += Message)
            Assert.Equal(None, machine.Feed(large));

        var rest = MessageLimits.MaxStartupBytes - spent;
        Assert.Equal(None, machine.Feed(new ParameterStatus("a", new string('x', rest - 5 - 3))));
        AssertViolation(machine.Feed(new ParameterStatus("a", "")));
    }

    [Theory]
    [InlineData("RvEN", false)]
    [InlineData("SKNAvEZ", true)]
    public void Message_outside_its_phase_is_a_violation(string accepted, bool afterOk)
    {
        foreach (var sample in BackendSamples.All.Where(sample => !accepted.Contains((char)sample.Type, StringComparison.Ordinal)))
        {
            var machine = afterOk ? AwaitingReady() : Authenticating();
            AssertViolation(machine.OnMessage((BackendMessageType)sample.Type, sample.Body));
            Assert.Equal(StartupPhase.Failed, machine.Phase);
        }

        AssertViolation((afterOk ? AwaitingReady() : Authenticating()).OnMessage((BackendMessageType)'?', default));
    }

    [Fact]
    public void Truncated_message_is_a_violation_at_every_byte()
    {
        IWireMessage[] messages =
        [
            Utf8, OldKey, Idle, new NoticeResponse(Duplicate), new NotificationResponse(1, "a", "b"), new ErrorResponse(Duplicate),
            new NegotiateProtocolVersion(ProtocolVersion.Version30, ["_pq_.known"]),
        ];
        foreach (var message in messages)
        {
            using var writer = new WireWriter();
            message.Write(writer);
            var frame = writer.WrittenSpan.ToArray();
            for (var length = 5; length < frame.Length; length++)
                AssertViolation(AwaitingReady().OnMessage((BackendMessageType)frame[0], frame.AsSpan(5, length - 5)));
            AssertViolation(AwaitingReady(Clear with { MaxVersion = ProtocolVersion.Version30 })
                .OnMessage((BackendMessageType)frame[0], [.. frame.AsSpan(5), 0]));
        }
    }

    [Fact]
    public void Link_that_ends_says_how_far_start_up_got()
    {
        Assert.Equal(StartupRetry.None, Lost(AskedForTls()).Retry);
        Assert.Equal(StartupRetry.OlderProtocol, Lost(Authenticating()).Retry);
        Assert.Equal(StartupRetry.None, Lost(Authenticating(Clear with { MaxVersion = ProtocolVersion.Version30 })).Retry);
        Assert.Equal(StartupRetry.None, Lost(Authenticating(Clear with { MinVersion = ProtocolVersion.Version32 })).Retry);
        Assert.Equal(StartupRetry.None, Lost(AwaitingReady()).Retry);
        Assert.Contains("PostgreSQL server listening", Lost(Authenticating()).Message, StringComparison.Ordinal);
    }

    private static SessionFailure Lost(StartupMachine machine)
        => AssertClosed(SessionFailureKind.ConnectionLost, machine.OnTransportLost("reset"));

    private static StartupMachine AskedForTls(StartupSettings? settings = null)
        => new StartupMachine(settings ?? Negotiating).Also(machine => machine.OnConnected());
}
