using PgActors.Engine.Tests.Authentication;
using PgActors.Engine.Tests.Protocol;
using PgActors.Framing;
using PgActors.Protocol;
using PgActors.Sessions;
using static PgActors.Engine.Tests.Sessions.Pipelines;
using static PgActors.Engine.Tests.Sessions.Startups;

namespace PgActors.Engine.Tests.Sessions;

public sealed class SessionMachineTests
{
    private static readonly PgError Warning = new() { Severity = "WARNING", SqlState = "01000", Message = "careful" };

    [Fact]
    public void Phases_and_their_caps_follow_start_up()
    {
        var machine = new SessionMachine(Clear);

        Assert.Equal((SessionPhase.Created, FramingPhase.Startup), (machine.Phase, machine.Framing));
        Assert.False(machine.AcceptsCommands);
        machine.OnConnected();
        machine.OnStartupSent(AuthenticationMachines.Make(channel: AuthenticationMachines.Tls));
        Assert.Equal((SessionPhase.Starting, FramingPhase.Startup), (machine.Phase, machine.Framing));
        Assert.Equal(None, machine.Feed(default(AuthenticationOk)));
        Assert.Equal((SessionPhase.Starting, FramingPhase.Authenticated), (machine.Phase, machine.Framing));
        Assert.Equal(None, machine.Feed(Key));
        Assert.False(machine.AcceptsCommands);
        Assert.Equal(Order(SessionEffectKind.Ready), machine.Feed(Idle));
        Assert.Equal((SessionPhase.Ready, FramingPhase.Session), (machine.Phase, machine.Framing));
        Assert.True(machine.AcceptsCommands);
        Assert.Equal(77, machine.ProcessId);
        Assert.Equal(Key.SecretKey, machine.CancelKey);
        Assert.Equal(ProtocolVersion.Version32, machine.Version);
    }

    [Fact]
    public void Encrypted_session_starts_through_tls()
    {
        var machine = new SessionMachine(Clear with { Encryption = EncryptionRequest.Negotiate });

        Assert.Equal(Order(SessionEffectKind.SendSslRequest), machine.OnConnected());
        Assert.Equal(Order(SessionEffectKind.StartTls), machine.OnEncryptionReply((byte)'S'));
        Assert.Equal(SessionEffectKind.SendStartup, machine.OnSecured().First.Kind);
    }

    [Fact]
    public void Failed_handshake_closes_the_session()
    {
        var machine = new SessionMachine(Clear with { Encryption = EncryptionRequest.Direct });
        machine.OnConnected();

        AssertClosed(SessionFailureKind.EncryptionFailed, machine.OnTlsFailed("no"));
        Assert.Equal(SessionPhase.Closed, machine.Phase);
    }

    [Fact]
    public void Every_reply_reaches_the_pipeline()
    {
        var machine = Ready(Closing, Portal);

        Assert.Equal(Order(SessionEffectKind.Closed, First), machine.Feed(default(CloseComplete)));
        Assert.Equal(Order(SessionEffectKind.StatementPrepared, First), machine.Feed(default(ParseComplete)));
        Assert.Equal(None, machine.Feed(default(BindComplete)));
        Assert.Equal(SessionEffectKind.Describe, machine.Feed(new RowDescription([.. Layout.Columns])).First.Kind);
        Assert.Equal(Order(SessionEffectKind.ForwardRows, First), machine.OnRows());
        Assert.Equal(None, machine.Feed(new CommandComplete(OneRow)));
        Assert.Equal(Finished, machine.Feed(Idle));
        Assert.Equal([Succeeded(First, OneRow)], machine.Pipeline.Take());
        machine.Feed(default(BindComplete));
        Assert.Equal(Order(SessionEffectKind.AwaitDemand, Second), machine.Feed(default(PortalSuspended)));
        Assert.Equal(Order(SessionEffectKind.SendExecute, Second), machine.Pipeline.OnFetch(Second));
        Assert.Equal(None, machine.Feed(new CopyOutResponse(DataFormat.Text, [])));
        Assert.Equal(None, machine.Feed(new CopyData([1])));
        Assert.Equal(None, machine.Feed(default(CopyDone)));
        Assert.Equal(Order(SessionEffectKind.SendCopyFail, Second, false), machine.Feed(new CopyInResponse(DataFormat.Text, [])));
        Assert.Equal(Order(SessionEffectKind.SendSync, Second), machine.Feed(new ErrorResponse(Duplicate)));
        Assert.Equal(Finished, machine.Feed(new ReadyForQuery(TransactionStatus.Failed)));
        Assert.Equal(TransactionStatus.Failed, machine.Pipeline.Status);
    }

    [Fact]
    public void Empty_answers_reach_the_pipeline()
    {
        var machine = Ready(Parsed);
        machine.Feed(default(ParseComplete));
        machine.Feed(default(BindComplete));

        Assert.Equal(SessionEffectKind.Describe, machine.Feed(default(NoData)).First.Kind);
        Assert.Equal(None, machine.Feed(default(EmptyQueryResponse)));
        Assert.Equal(Finished, machine.Feed(Idle));
    }

    [Fact]
    public void Asynchronous_messages_come_anywhere_and_change_nothing()
    {
        var notification = new NotificationResponse(7, "prices", "eur");
        var setting = new ParameterStatus("TimeZone", "UTC");
        SessionMachine[] machines =
        [
            Ready(), Ready(Closing), Ready(Parsed), Ready(Cached), Ready(Simple), Ready(Cached).Also(m => m.Pipeline.Bound()),
            Ready(Cached).Also(m => m.Pipeline.Executed()), Ready(Portal).Also(m => m.Pipeline.Suspended()),
            Ready(Cached).Also(m => m.Pipeline.Bound().OnCopyIn()), Ready(Cached).Also(m => m.Pipeline.Bound().OnCopyOut()),
            Ready(Member).Also(m => m.Pipeline.OnError(Duplicate)), Ready(Cached).Also(m => m.Pipeline.OnError(Duplicate)),
        ];
        foreach (var machine in machines)
        {
            var head = machine.Pipeline.Head;
            Assert.Equal(Order(SessionEffectKind.ReportNotice, default, Warning), machine.Feed(new NoticeResponse(Warning)));
            Assert.Equal(Order(SessionEffectKind.ReportNotification, default, notification), machine.Feed(notification));
            Assert.Equal(Order(SessionEffectKind.ReportParameter, default, setting), machine.Feed(setting));
            Assert.Equal(head, machine.Pipeline.Head);
            Assert.Equal(SessionPhase.Ready, machine.Phase);
        }
    }

    [Fact]
    public void Settings_are_kept_up_to_date_and_old_ones_stay_what_they_were()
    {
        var machine = Ready();
        machine.Feed(new ParameterStatus("in_hot_standby", "on"));
        var before = machine.Parameters;

        machine.Feed(new ParameterStatus("in_hot_standby", "off"));
        Assert.True(before.IsInHotStandby);
        Assert.False(machine.Parameters.IsInHotStandby);
        Assert.True(machine.Parameters.TryGet("client_encoding", out var encoding));
        Assert.Equal("UTF8", encoding);
        Assert.Equal(2, machine.Parameters.All.Count);
    }

    [Fact]
    public void Change_of_client_encoding_ends_the_session()
    {
        var machine = Ready(Cached);

        AssertViolation(machine.Feed(new ParameterStatus("client_encoding", "LATIN1")));
        Assert.Equal([CommandEnd.Lost], machine.Pipeline.Ends());
        Assert.Equal(SessionEffectKind.ReportParameter, Ready().Feed(Utf8).First.Kind);
    }

    [Fact]
    public void Distinct_settings_are_bounded_for_the_whole_session()
    {
        var machine = Ready();
        for (var i = 1; i < SessionParameters.MaxCount; i++)
            machine.Feed(new ParameterStatus($"x.{i}", ""));

        Assert.Equal(SessionEffectKind.ReportParameter, machine.Feed(new ParameterStatus("x.1", "again")).First.Kind);
        AssertViolation(machine.Feed(new ParameterStatus("one more", "")));
    }

    [Fact]
    public void Message_without_a_place_in_a_session_ends_it()
    {
        foreach (var sample in BackendSamples.All.Where(sample => "RKvWVt".Contains((char)sample.Type, StringComparison.Ordinal)))
            AssertViolation(Ready(Simple).OnMessage(sample.Type, sample.Body));
        AssertViolation(Ready(Simple).OnMessage((byte)'?', default));

        // Rows travel in runs, never as single messages.
        AssertViolation(Ready(Simple).OnMessage((byte)'D', [0, 0]));
    }

    [Fact]
    public void Malformed_message_ends_the_session_at_every_byte()
    {
        foreach (var sample in BackendSamples.All.Where(sample => !"RKvWVtD".Contains((char)sample.Type, StringComparison.Ordinal)))
        {
            for (var length = 0; length < sample.Body.Length; length++)
            {
                if (!sample.TryRead(sample.Body.AsSpan(0, length), out _))
                    AssertViolation(Ready().OnMessage(sample.Type, sample.Body.AsSpan(0, length)));
            }

            byte[] longer = [.. sample.Body, 0];
            if (!sample.TryRead(longer, out _))
                AssertViolation(Ready().OnMessage(sample.Type, longer));
        }
    }

    [Fact]
    public void Nothing_counts_after_the_end()
    {
        var machine = Ready(Cached);
        AssertViolation(machine.OnViolation("bad frame"));

        Assert.Equal(SessionPhase.Closed, machine.Phase);
        Assert.False(machine.AcceptsCommands);
        Assert.Equal([CommandEnd.Lost], machine.Pipeline.Ends());
        Assert.Equal(None, machine.OnViolation("another"));
        Assert.Equal(None, machine.OnRows());
        Assert.Equal(None, machine.OnTlsFailed("late"));
        Assert.Equal(None, machine.OnKeysDerived(ScramVectors.Keys()));
        foreach (var sample in BackendSamples.All)
            Assert.Equal(None, machine.OnMessage(sample.Type, sample.Body));
        Assert.Equal(FramingPhase.Session, machine.Framing);
    }

    [Fact]
    public void Messages_before_the_connection_and_rows_before_ready_are_violations()
    {
        AssertViolation(new SessionMachine(Clear).Feed(Idle));
        AssertViolation(new SessionMachine(Clear).OnRows());
        AssertViolation(Starting().OnRows());
        AssertViolation(Starting().Feed(Idle));
    }

    [Fact]
    public void Idle_session_hears_of_its_end()
    {
        var machine = Ready();

        var failure = AssertClosed(SessionFailureKind.ServerEnded, machine.Feed(new ErrorResponse(Shutdown)));
        Assert.Equal(Shutdown, failure.Error);
        Assert.Equal(SessionPhase.Closed, machine.Phase);
        AssertViolation(Ready().Feed(new ErrorResponse(Duplicate)));
    }

    [Fact]
    public void Fatal_error_closes_the_session_and_seals_its_commands()
    {
        var machine = Ready(Cached, Cached);

        AssertClosed(SessionFailureKind.ServerEnded, machine.Feed(new ErrorResponse(Shutdown)));
        Assert.Equal([CommandEnd.Failed, CommandEnd.NeverRun], machine.Pipeline.Ends());
    }

    [Fact]
    public void Lost_link_is_told_by_its_phase()
    {
        var starting = Starting();
        var ready = Ready(Cached);

        Assert.Equal(StartupRetry.OlderProtocol, starting.OnTransportLost("reset").Retry);
        var failure = ready.OnTransportLost("reset");
        Assert.Equal(SessionFailureKind.ConnectionLost, failure.Kind);
        Assert.Contains("reset", failure.Message, StringComparison.Ordinal);
        Assert.Equal([CommandEnd.Lost], ready.Pipeline.Ends());
        Assert.Equal(SessionPhase.Closed, ready.Phase);
        Assert.Equal(SessionFailureKind.ConnectionLost, ready.OnTransportLost("again").Kind);
    }

    [Fact]
    public void Keys_that_come_after_start_up_failed_are_nobodys()
    {
        var machine = Starting();
        machine.Feed(new AuthenticationSasl(["SCRAM-SHA-256"]));
        machine.Feed(new ErrorResponse(Shutdown));

        Assert.Equal(None, machine.OnKeysDerived(ScramVectors.Keys()));
    }
}
