using PgActors.Authentication;
using static PgActors.Authentication.AuthenticationRefusal;
using static PgActors.Authentication.ChannelBindingPolicy;

namespace PgActors.Engine.Tests.Authentication;

public sealed class MechanismChoiceTests
{
    private const string Plus = "SCRAM-SHA-256-PLUS";
    private const string Plain = "SCRAM-SHA-256";
    private const string Both = Plus + " " + Plain;

    [Theory]
    [InlineData(Both, true, true, Prefer, SaslMechanism.ScramSha256Plus, ChannelBindingFlag.Bound)]
    [InlineData(Both, true, true, Require, SaslMechanism.ScramSha256Plus, ChannelBindingFlag.Bound)]
    [InlineData(Both, true, true, Disable, SaslMechanism.ScramSha256, ChannelBindingFlag.NotSupported)]
    [InlineData(Both, true, false, Prefer, SaslMechanism.ScramSha256, ChannelBindingFlag.NotSupported)]
    [InlineData(Both, true, false, Disable, SaslMechanism.ScramSha256, ChannelBindingFlag.NotSupported)]
    [InlineData(Plus, true, true, Prefer, SaslMechanism.ScramSha256Plus, ChannelBindingFlag.Bound)]
    [InlineData(Plus, true, true, Require, SaslMechanism.ScramSha256Plus, ChannelBindingFlag.Bound)]
    [InlineData(Plain, true, true, Prefer, SaslMechanism.ScramSha256, ChannelBindingFlag.NotOffered)]
    [InlineData(Plain, true, true, Disable, SaslMechanism.ScramSha256, ChannelBindingFlag.NotSupported)]
    [InlineData(Plain, true, false, Prefer, SaslMechanism.ScramSha256, ChannelBindingFlag.NotSupported)]
    [InlineData(Plain, false, false, Prefer, SaslMechanism.ScramSha256, ChannelBindingFlag.NotSupported)]
    [InlineData(Plain, false, false, Disable, SaslMechanism.ScramSha256, ChannelBindingFlag.NotSupported)]
    [InlineData("OAUTHBEARER " + Plain, false, false, Prefer, SaslMechanism.ScramSha256, ChannelBindingFlag.NotSupported)]
    [InlineData("X-OTHER " + Both, true, true, Prefer, SaslMechanism.ScramSha256Plus, ChannelBindingFlag.Bound)]
    public void Offer_is_answered(
        string offered, bool isTls, bool canBind, ChannelBindingPolicy policy, SaslMechanism mechanism, ChannelBindingFlag flag)
        => Assert.Equal(
            new MechanismChoice(AuthenticationDecision.Allowed, mechanism, flag),
            MechanismChoice.Select(offered.Split(' '), isTls, canBind, policy));

    [Theory]
    [InlineData(Both, false, false, Prefer, ChannelBindingWithoutTls)]
    [InlineData(Both, false, false, Disable, ChannelBindingWithoutTls)]
    [InlineData(Both, false, false, Require, ChannelBindingWithoutTls)]
    [InlineData(Plus, false, false, Prefer, ChannelBindingWithoutTls)]
    [InlineData(Plain, false, false, Require, ChannelBindingRequired)]
    [InlineData(Plain, true, true, Require, ChannelBindingRequired)]
    [InlineData(Plain, true, false, Require, ChannelBindingRequired)]
    [InlineData(Both, true, false, Require, ChannelBindingRequired)]
    [InlineData("OAUTHBEARER", true, true, Require, ChannelBindingRequired)]
    [InlineData(Plus, true, true, Disable, MethodNotSupported)]
    [InlineData(Plus, true, false, Prefer, MethodNotSupported)]
    [InlineData("OAUTHBEARER", true, true, Prefer, MethodNotSupported)]
    [InlineData("scram-sha-256", true, true, Prefer, MethodNotSupported)]
    [InlineData("", true, true, Prefer, MethodNotSupported)]
    public void Offer_is_refused(string offered, bool isTls, bool canBind, ChannelBindingPolicy policy, AuthenticationRefusal refusal)
    {
        var decision = MechanismChoice.Select(offered.Split(' '), isTls, canBind, policy).Decision;

        Assert.Equal(refusal, decision.Refusal);
        Assert.NotEmpty(decision.Message);
    }

    [Fact]
    public void Empty_offer_is_refused()
        => Assert.Equal(MethodNotSupported, MechanismChoice.Select([], true, true, Prefer).Decision.Refusal);

    [Fact]
    public void Hostile_names_are_shown_short_and_printable()
    {
        string[] offered = [.. Enumerable.Repeat("\u001B[31m\n" + new string('A', 10_000), 1000)];

        var message = MechanismChoice.Select(offered, true, true, Prefer).Decision.Message;

        Assert.InRange(message.Length, 1, 500);
        Assert.DoesNotContain(message, char.IsControl);
    }
}
