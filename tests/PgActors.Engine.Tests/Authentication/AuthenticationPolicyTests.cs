using PgActors.Authentication;
using static PgActors.Authentication.AuthenticationMethods;

namespace PgActors.Engine.Tests.Authentication;

public sealed class AuthenticationPolicyTests
{
    private static readonly AuthenticationChannel Network = new(IsEncrypted: false, IsUnixSocket: false, null, ServerVerified: false);
    private static readonly AuthenticationChannel UnixSocket = new(IsEncrypted: false, IsUnixSocket: true, null, ServerVerified: false);
    private static readonly AuthenticationChannel Tls = new(IsEncrypted: true, IsUnixSocket: false, [1], ServerVerified: true);
    private static readonly AuthenticationChannel GssEncrypted =
        new(IsEncrypted: true, IsUnixSocket: false, null, ServerVerified: true) { IsGssEncrypted = true };

    [Theory]
    [InlineData(null, All, false)]
    [InlineData("", All, false)]
    [InlineData("scram-sha-256", ScramSha256, true)]
    [InlineData("password,md5,gss,sspi,scram-sha-256,oauth,none", All, true)]
    [InlineData("none,scram-sha-256", NoChallenge | ScramSha256, true)]
    [InlineData("!password,!md5", All & ~(Cleartext | Md5), false)]
    [InlineData("!none", All & ~NoChallenge, false)]
    public void List_is_read(string? list, AuthenticationMethods allowed, bool isPositive)
    {
        Assert.True(AuthenticationPolicy.TryParse(list, ChannelBindingPolicy.Require, out var policy, out var error));

        Assert.Null(error);
        Assert.Equal(allowed, policy.AllowedMethods);
        Assert.Equal(isPositive, policy.IsPositive);
        Assert.Equal(ChannelBindingPolicy.Require, policy.ChannelBinding);
    }

    [Theory]
    [InlineData("scram")]
    [InlineData("SCRAM-SHA-256")]
    [InlineData(" md5")]
    [InlineData("md5, gss")]
    [InlineData("md5,")]
    [InlineData(",md5")]
    [InlineData(",")]
    [InlineData("!")]
    [InlineData("!!md5")]
    [InlineData("md5,md5")]
    [InlineData("!none,!none")]
    [InlineData("md5,!gss")]
    [InlineData("!gss,md5")]
    public void Bad_list_is_refused(string list)
    {
        Assert.False(AuthenticationPolicy.TryParse(list, ChannelBindingPolicy.Prefer, out var policy, out var error));

        Assert.Null(policy);
        Assert.Contains("require_auth", error, StringComparison.Ordinal);
    }

    // Each row: the list, and which methods may be answered on the network, on a Unix socket and over TLS.
    [Theory]
    [InlineData(null, Gss | Sspi | ScramSha256 | OAuth, All, All)]
    [InlineData("!gss", Sspi | ScramSha256 | OAuth, All & ~Gss, All & ~Gss)]
    [InlineData("!none", Gss | Sspi | ScramSha256 | OAuth, All, All)]
    [InlineData("!password", Gss | Sspi | ScramSha256 | OAuth, All & ~Cleartext, All & ~Cleartext)]
    [InlineData("password", Cleartext, Cleartext, Cleartext)]
    [InlineData("md5,none", Md5, Md5, Md5)]
    [InlineData("scram-sha-256", ScramSha256, ScramSha256, ScramSha256)]
    [InlineData("none", Nothing, Nothing, Nothing)]
    [InlineData("gss,sspi,oauth", Gss | Sspi | OAuth, Gss | Sspi | OAuth, Gss | Sspi | OAuth)]
    public void Requests_are_decided(
        string? list, AuthenticationMethods onNetwork, AuthenticationMethods onUnixSocket, AuthenticationMethods overTls)
    {
        var policy = Parse(list);
        foreach (var method in new[] { Cleartext, Md5, Gss, Sspi, ScramSha256, OAuth })
        {
            Assert.Equal(onNetwork.HasFlag(method), policy.DecideRequest(method, Network).IsAllowed);
            Assert.Equal(onUnixSocket.HasFlag(method), policy.DecideRequest(method, UnixSocket).IsAllowed);
            Assert.Equal(overTls.HasFlag(method), policy.DecideRequest(method, Tls).IsAllowed);
        }
    }

    [Theory]
    [InlineData(Cleartext)]
    [InlineData(Md5)]
    public void Readable_secret_needs_an_encrypted_channel_unless_named(AuthenticationMethods method)
    {
        var decision = AuthenticationPolicy.Default.DecideRequest(method, Network);

        Assert.Equal(AuthenticationRefusal.InsecureChannel, decision.Refusal);
        Assert.Contains("require_auth=", decision.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Cleartext)]
    [InlineData(Md5)]
    [InlineData(Gss)]
    [InlineData(Sspi)]
    [InlineData(OAuth)]
    public void Required_binding_refuses_what_cannot_be_bound(AuthenticationMethods method)
    {
        var policy = AuthenticationPolicy.Default with { ChannelBinding = ChannelBindingPolicy.Require };

        Assert.Equal(AuthenticationRefusal.ChannelBindingRequired, policy.DecideRequest(method, Tls).Refusal);
    }

    [Theory]
    [InlineData(null, NoChallenge, true)]
    [InlineData("none", NoChallenge, true)]
    [InlineData("!md5", NoChallenge, true)]
    [InlineData("!none", NoChallenge, false)]
    [InlineData("scram-sha-256", NoChallenge, false)]
    [InlineData("gss", NoChallenge, false)]
    [InlineData("scram-sha-256", ScramSha256, true)]
    public void Completion_is_decided(string? list, AuthenticationMethods completed, bool isAllowed)
    {
        var decision = Parse(list).DecideCompletion(completed, isChannelBound: false, Tls);

        Assert.Equal(isAllowed ? AuthenticationRefusal.None : AuthenticationRefusal.MethodNotAllowed, decision.Refusal);
    }

    [Theory]
    [InlineData("gss", true)]
    [InlineData("!none", true)]
    [InlineData("!none,!gss", false)]
    [InlineData("scram-sha-256", false)]
    public void Gss_encryption_counts_as_gss(string list, bool isAllowed)
        => Assert.Equal(isAllowed, Parse(list).DecideCompletion(NoChallenge, isChannelBound: false, GssEncrypted).IsAllowed);

    [Fact]
    public void Required_binding_refuses_unbound_completion()
    {
        var policy = AuthenticationPolicy.Default with { ChannelBinding = ChannelBindingPolicy.Require };

        Assert.Equal(
            AuthenticationRefusal.ChannelBindingRequired, policy.DecideCompletion(NoChallenge, isChannelBound: false, Tls).Refusal);
        Assert.Equal(
            AuthenticationRefusal.ChannelBindingRequired, policy.DecideCompletion(ScramSha256, isChannelBound: false, Tls).Refusal);
        Assert.True(policy.DecideCompletion(ScramSha256, isChannelBound: true, Tls).IsAllowed);
    }

    private static AuthenticationPolicy Parse(string? list)
    {
        Assert.True(AuthenticationPolicy.TryParse(list, ChannelBindingPolicy.Prefer, out var policy, out _));
        return policy;
    }
}
