using PgActors.Protocol;
using PgActors.Sessions;
using static PgActors.Engine.Tests.Sessions.Pipelines;
using static PgActors.Engine.Tests.Sessions.Startups;

namespace PgActors.Engine.Tests.Sessions;

/// <summary>NegotiateProtocolVersion: what a server may take back, and what it may not.</summary>
public sealed class StartupNegotiationTests
{
    private const string Known = "_pq_.known";

    [Fact]
    public void Older_version_is_taken_and_goes_for_the_key()
    {
        var machine = Authenticating();

        Assert.Equal(None, machine.Feed(new NegotiateProtocolVersion(ProtocolVersion.Version30, [])));
        Assert.Equal(ProtocolVersion.Version30, machine.Version);
        machine.Feed(default(AuthenticationOk));
        AssertViolation(machine.Feed(Key));
    }

    [Fact]
    public void Negotiation_is_tolerated_until_ready()
    {
        var machine = AwaitingReady();

        Assert.Equal(None, machine.Feed(new NegotiateProtocolVersion(ProtocolVersion.Version30, [])));
        Assert.Equal(None, machine.Feed(OldKey));
        Assert.Equal(Order(SessionEffectKind.Ready), machine.Feed(Idle));
    }

    [Fact]
    public void Option_may_be_turned_down_with_and_without_the_version()
    {
        Assert.Equal(None, Authenticating().Feed(new NegotiateProtocolVersion(ProtocolVersion.Version32, [Known])));
        Assert.Equal(None, Authenticating().Feed(new NegotiateProtocolVersion(ProtocolVersion.Version30, [Known])));
    }

    [Theory]
    [InlineData("_pq_.other")]
    [InlineData("client_encoding")]
    [InlineData("user")]
    [InlineData("")]
    public void Option_that_was_not_asked_for_cannot_be_turned_down(string option)
    {
        AssertViolation(Authenticating().Feed(new NegotiateProtocolVersion(ProtocolVersion.Version30, [option])));
        AssertViolation(Authenticating().Feed(new NegotiateProtocolVersion(ProtocolVersion.Version30, [Known, option])));
    }

    [Theory]
    [InlineData(0x0003_0003)]
    [InlineData(0x0003_270F)]
    [InlineData(0x0004_0000)]
    [InlineData(0x0003_0001)]
    [InlineData(0x0002_0000)]
    [InlineData(2)]
    [InlineData(0)]
    [InlineData(-1)]
    public void Version_that_no_server_may_answer_is_a_violation(int word)
        => AssertViolation(Authenticating().Feed(new NegotiateProtocolVersion(new ProtocolVersion(word), [])));

    [Fact]
    public void Version_above_the_one_asked_for_is_a_violation() => AssertViolation(
        Authenticating(Clear with { MaxVersion = ProtocolVersion.Version30 })
            .Feed(new NegotiateProtocolVersion(ProtocolVersion.Version32, [Known])));

    [Fact]
    public void Negotiation_that_changes_nothing_is_a_violation()
        => AssertViolation(Authenticating().Feed(new NegotiateProtocolVersion(ProtocolVersion.Version32, [])));

    [Fact]
    public void Second_negotiation_is_a_violation() => AssertViolation(
        Authenticating().Also(machine => machine.Feed(new NegotiateProtocolVersion(ProtocolVersion.Version32, [Known])))
            .Feed(new NegotiateProtocolVersion(ProtocolVersion.Version30, [])));

    [Fact]
    public void Version_below_the_oldest_accepted_is_refused()
    {
        var machine = Authenticating(Clear with { MinVersion = ProtocolVersion.Version32 });

        AssertClosed(SessionFailureKind.PolicyRefused, machine.Feed(new NegotiateProtocolVersion(ProtocolVersion.Version30, [])));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public void Count_that_does_not_fit_is_a_violation(int count)
    {
        byte[] body = [0, 3, 0, 0, (byte)(count >> 24), (byte)(count >> 16), (byte)(count >> 8), (byte)count];

        AssertViolation(Authenticating().OnMessage(BackendMessageType.NegotiateProtocolVersion, body));
    }
}
