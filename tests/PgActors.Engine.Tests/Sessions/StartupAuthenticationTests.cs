using PgActors.Authentication;
using PgActors.Protocol;
using PgActors.Sessions;
using static PgActors.Engine.Tests.Authentication.AuthenticationMachines;
using static PgActors.Engine.Tests.Sessions.Pipelines;
using static PgActors.Engine.Tests.Sessions.Startups;
using ScramVectors = PgActors.Engine.Tests.Authentication.ScramVectors;

namespace PgActors.Engine.Tests.Sessions;

public sealed class StartupAuthenticationTests
{
    [Fact]
    public void Cleartext_password_is_sent_where_policy_lets_it()
    {
        var machine = Authenticating();

        Assert.Equal(
            Order(SessionEffectKind.Authenticate, default, AuthenticationEffect.SendPassword(System.Text.Encoding.UTF8.GetBytes(Secret))),
            machine.Feed(default(AuthenticationCleartextPassword)));
        Assert.Equal(StartupPhase.Authenticating, machine.Phase);
        Assert.Equal(None, machine.Feed(default(AuthenticationOk)));
        Assert.Equal(StartupPhase.AwaitingReady, machine.Phase);
    }

    [Fact]
    public void Md5_password_is_salted()
    {
        var machine = Authenticating();
        using var credentials = new AuthenticationCredentials("u", Secret);

        Assert.Equal(
            Order(SessionEffectKind.Authenticate, default, AuthenticationEffect.SendPassword(credentials.ToMd5Response([1, 2, 3, 4]))),
            machine.Feed(new AuthenticationMd5Password([1, 2, 3, 4])));
        Assert.Equal(None, machine.Feed(default(AuthenticationOk)));
    }

    [Fact]
    public void Scram_goes_both_ways_before_ok()
    {
        var machine = Authenticating(channel: Network);
        var server = new ScramServer(Stored, ScramVectors.ServerNonce);

        var first = EffectOf(machine.Feed(new AuthenticationSasl([.. server.Mechanisms])));
        Assert.Equal(AuthenticationEffectKind.SendSaslInitialResponse, first.Kind);
        Assert.True(server.OnClientFirst(first.Mechanism.ToWireName(), first.Payload, out var serverFirst).IsAccepted);
        var derive = EffectOf(machine.Feed(new AuthenticationSaslContinue([.. serverFirst])));
        Assert.Equal(AuthenticationEffect.DeriveKeys(SaltBytes, 4096), derive);
        using var keys = new AuthenticationCredentials("u", Secret).DeriveScramKeys(derive.Payload, derive.Iterations);
        var proof = EffectOf(machine.OnKeysDerived(keys));
        Assert.Equal(AuthenticationEffectKind.SendSaslResponse, proof.Kind);
        Assert.True(server.OnClientFinal(proof.Payload, out var serverFinal).IsAccepted);
        Assert.Equal(None, machine.Feed(new AuthenticationSaslFinal([.. serverFinal])));
        Assert.Equal(None, machine.Feed(default(AuthenticationOk)));
        Assert.Equal(StartupPhase.AwaitingReady, machine.Phase);
    }

    [Fact]
    public void Ok_in_the_middle_of_scram_is_refused()
    {
        var machine = Authenticating();
        machine.Feed(new AuthenticationSasl(["SCRAM-SHA-256"]));

        AssertClosed(SessionFailureKind.PolicyRefused, machine.Feed(default(AuthenticationOk)));
        Assert.Equal(StartupPhase.Failed, machine.Phase);
    }

    [Fact]
    public void Policy_refuses_a_readable_password()
    {
        var failure = AssertClosed(
            SessionFailureKind.PolicyRefused, Authenticating(channel: Network).Feed(default(AuthenticationCleartextPassword)));
        Assert.NotEmpty(failure.Message);
        Assert.DoesNotContain(Secret, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Methods_that_are_not_spoken_are_refused()
    {
        AssertClosed(SessionFailureKind.PolicyRefused, Authenticating().Feed(default(AuthenticationKerberosV4)));
        AssertClosed(SessionFailureKind.PolicyRefused, Authenticating().Feed(default(AuthenticationKerberosV5)));
        AssertClosed(SessionFailureKind.PolicyRefused, Authenticating().Feed(new AuthenticationCryptPassword([1, 2])));
        AssertClosed(SessionFailureKind.PolicyRefused, Authenticating().Feed(default(AuthenticationScmCredential)));
        AssertClosed(SessionFailureKind.PolicyRefused, Authenticating().Feed(default(AuthenticationGss)));
        AssertClosed(SessionFailureKind.PolicyRefused, Authenticating().Feed(default(AuthenticationSspi)));
        AssertClosed(SessionFailureKind.PolicyRefused, Authenticating().Feed(new AuthenticationSasl(["OAUTHBEARER"])));
        AssertClosed(SessionFailureKind.PolicyRefused, Authenticating().OnMessage(BackendMessageType.Authentication, [0, 0, 0, 99]));
    }

    [Fact]
    public void Steps_of_no_exchange_are_violations()
    {
        AssertViolation(Authenticating().Feed(new AuthenticationSaslContinue([1])));
        AssertViolation(Authenticating().Feed(new AuthenticationSaslFinal([1])));
        AssertViolation(Authenticating().Feed(new AuthenticationGssContinue([1])));
        AssertViolation(Authenticating().Also(machine => machine.Feed(default(AuthenticationCleartextPassword)))
            .Feed(default(AuthenticationCleartextPassword)));
        AssertViolation(AwaitingReady().Feed(default(AuthenticationOk)));
    }

    [Fact]
    public void Malformed_requests_are_violations()
    {
        byte[][] bodies =
        [
            [], [0], [0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 3, 0], [0, 0, 0, 5], [0, 0, 0, 5, 1, 2, 3], [0, 0, 0, 5, 1, 2, 3, 4, 5],
            [0, 0, 0, 10], [0, 0, 0, 10, (byte)'a'], [0, 0, 0, 10, (byte)'a', 0], [0, 0, 0, 7, 0], [0, 0, 0, 9, 0],
        ];
        foreach (var body in bodies)
            AssertViolation(Authenticating().OnMessage(BackendMessageType.Authentication, body));
    }

    [Theory]
    [InlineData(SqlStates.FeatureNotSupported, StartupRetry.OlderProtocol)]
    [InlineData(SqlStates.ProtocolViolation, StartupRetry.OlderProtocol)]
    [InlineData(SqlStates.InvalidPassword, StartupRetry.None)]
    [InlineData(SqlStates.TooManyConnections, StartupRetry.None)]
    [InlineData(SqlStates.CannotConnectNow, StartupRetry.None)]
    public void Refusal_says_what_could_be_tried(string state, StartupRetry expected)
    {
        var error = Error(state, "FATAL");

        var failure = AssertClosed(SessionFailureKind.ServerRefused, Authenticating().Feed(new ErrorResponse(error)));
        Assert.Equal(error, failure.Error);
        Assert.Equal(expected, failure.Retry);
        Assert.StartsWith("no", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SqlStates.InvalidAuthorizationSpecification, StartupRetry.WithTls)]
    [InlineData(SqlStates.InvalidPassword, StartupRetry.WithTls)]
    [InlineData(SqlStates.CannotConnectNow, StartupRetry.None)]
    [InlineData(SqlStates.FeatureNotSupported, StartupRetry.OlderProtocol)]
    public void Refusal_in_clear_text_may_be_tried_encrypted(string state, StartupRetry expected)
    {
        var machine = Authenticating(Clear with { MayRetryWithTls = true });

        var failure = AssertClosed(SessionFailureKind.ServerRefused, machine.Feed(new ErrorResponse(Error(state, "FATAL"))));
        Assert.Equal(expected, failure.Retry);
    }

    [Fact]
    public void Older_protocol_is_no_advice_where_it_is_spoken_already_or_not_wanted()
    {
        StartupSettings[] all =
        [
            Clear with { MaxVersion = ProtocolVersion.Version30 },
            Clear with { MinVersion = ProtocolVersion.Version32 },
        ];
        foreach (var settings in all)
        {
            var effects = Authenticating(settings).Feed(new ErrorResponse(Error(SqlStates.ProtocolViolation, "FATAL")));
            Assert.Equal(StartupRetry.None, AssertClosed(SessionFailureKind.ServerRefused, effects).Retry);
        }

        var negotiated = Authenticating();
        negotiated.Feed(new NegotiateProtocolVersion(ProtocolVersion.Version30, []));
        var refused = negotiated.Feed(new ErrorResponse(Error(SqlStates.ProtocolViolation, "FATAL")));
        Assert.Equal(StartupRetry.None, AssertClosed(SessionFailureKind.ServerRefused, refused).Retry);
    }

    [Fact]
    public void Error_after_ok_is_final()
    {
        var machine = AwaitingReady(Clear with { MayRetryWithTls = true });

        var failure = AssertClosed(
            SessionFailureKind.ServerRefused, machine.Feed(new ErrorResponse(Error(SqlStates.InvalidCatalogName, "FATAL"))));
        Assert.Equal(StartupRetry.None, failure.Retry);
        Assert.Contains("database", failure.Message, StringComparison.Ordinal);
        AssertViolation(machine.Feed(Idle));
    }

    [Fact]
    public void Error_without_a_text_still_has_a_message()
        => Assert.NotEmpty(AssertClosed(
            SessionFailureKind.ServerRefused,
            Authenticating().Feed(new ErrorResponse(new PgError { SqlState = SqlStates.InvalidPassword }))).Message);

    private static AuthenticationEffect EffectOf(SessionEffects effects)
    {
        Assert.Equal(SessionEffectKind.Authenticate, effects.First.Kind);
        return Assert.IsType<AuthenticationEffect>(effects.First.Detail);
    }
}
