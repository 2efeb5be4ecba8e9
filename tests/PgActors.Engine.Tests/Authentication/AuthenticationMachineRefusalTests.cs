using System.Text;
using PgActors.Authentication;
using static PgActors.Engine.Tests.Authentication.AuthenticationMachines;
using static PgActors.Engine.Tests.Authentication.ScramVectors;

namespace PgActors.Engine.Tests.Authentication;

public sealed class AuthenticationMachineRefusalTests
{
    [Fact]
    public void Ok_before_the_proof_of_the_server_is_refused_at_every_step()
    {
        AssertRefused(AuthenticationRefusal.ServerNotProven, AtContinue().OnOk());
        AssertRefused(AuthenticationRefusal.ServerNotProven, AtKeys().OnOk());
        AssertRefused(AuthenticationRefusal.ServerNotProven, AtFinal().OnOk());
    }

    [Fact]
    public void Wrong_signature_is_refused_and_blames_by_what_is_known()
    {
        var onNetwork = AtFinal().OnSaslFinal(Utf8("v=" + LibpqSignature));
        var overTls = AtFinal(Tls).OnSaslFinal(Utf8("v=" + LibpqSignature));

        AssertRefused(AuthenticationRefusal.ServerNotProven, onNetwork);
        AssertRefused(AuthenticationRefusal.ServerNotProven, overTls);
        Assert.Contains("verify-full", onNetwork.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("verify-full", overTls.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_of_the_server_is_refused()
        => AssertRefused(AuthenticationRefusal.ServerError, AtFinal().OnSaslFinal("e=other-error"u8));

    [Theory]
    [InlineData("100001")]
    [InlineData("2147483647")]
    public void Too_many_iterations_are_refused(string iterations)
        => AssertRefused(
            AuthenticationRefusal.TooManyIterations, AtContinue().OnSaslContinue(Utf8($"r={Nonce}x,s={Salt},i={iterations}")));

    [Fact]
    public void Missing_password_is_refused_before_anything_is_sent()
    {
        using var none = new AuthenticationCredentials("u");
        foreach (var ask in AsksForPassword)
            AssertRefused(AuthenticationRefusal.NoPassword, ask(new AuthenticationMachine(none, AuthenticationPolicy.Default, Tls, Nonce)));
    }

    [Fact]
    public void Readable_secrets_are_refused_on_the_network()
    {
        AssertRefused(AuthenticationRefusal.InsecureChannel, Make().OnCleartextPassword());
        AssertRefused(AuthenticationRefusal.InsecureChannel, Make().OnMd5Password([1, 2, 3, 4]));
    }

    [Fact]
    public void Required_binding_lets_nothing_else_through()
    {
        AssertRefused(AuthenticationRefusal.ChannelBindingRequired, Bound(Tls).OnOk());
        AssertRefused(AuthenticationRefusal.ChannelBindingRequired, Bound(Tls).OnCleartextPassword());
        AssertRefused(AuthenticationRefusal.ChannelBindingRequired, Bound(Tls).OnMd5Password([1, 2, 3, 4]));
        AssertRefused(AuthenticationRefusal.ChannelBindingRequired, Bound(Tls).OnGss());
        AssertRefused(AuthenticationRefusal.ChannelBindingRequired, Bound(Tls).OnSspi());
        AssertRefused(AuthenticationRefusal.ChannelBindingRequired, Bound(Tls).OnSasl(["SCRAM-SHA-256"]));
        AssertRefused(AuthenticationRefusal.ChannelBindingRequired, Bound(Tls).OnSasl(["OAUTHBEARER"]));
        AssertRefused(AuthenticationRefusal.ChannelBindingRequired, Bound(Network).OnSasl(["SCRAM-SHA-256"]));

        var withoutHash = Tls with { ServerEndPointBinding = null };
        AssertRefused(AuthenticationRefusal.ChannelBindingRequired, Bound(withoutHash).OnSasl(["SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"]));
    }

    [Fact]
    public void Plus_without_tls_is_refused()
    {
        var gss = Tls with { IsGssEncrypted = true };

        AssertRefused(AuthenticationRefusal.ChannelBindingWithoutTls, Make().OnSasl(["SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"]));
        AssertRefused(AuthenticationRefusal.ChannelBindingWithoutTls, Make(channel: gss).OnSasl(["SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"]));
        Assert.Equal("n,,n=,r=" + Nonce, Encoding.UTF8.GetString(Make(channel: gss).OnSasl(["SCRAM-SHA-256"]).Payload));
    }

    [Fact]
    public void Method_outside_the_list_is_refused()
    {
        AssertRefused(AuthenticationRefusal.MethodNotAllowed, Make("scram-sha-256", Tls).OnOk());
        AssertRefused(AuthenticationRefusal.MethodNotAllowed, Make("scram-sha-256", Tls).OnCleartextPassword());
        AssertRefused(AuthenticationRefusal.MethodNotAllowed, Make("scram-sha-256", Tls).OnMd5Password([1, 2, 3, 4]));
        AssertRefused(AuthenticationRefusal.MethodNotAllowed, Make("scram-sha-256", Tls).OnGss());
        AssertRefused(AuthenticationRefusal.MethodNotAllowed, Make("scram-sha-256", Tls).OnSspi());
        AssertRefused(AuthenticationRefusal.MethodNotAllowed, Make("scram-sha-256", Tls).OnSasl(["OAUTHBEARER"]));
        AssertRefused(AuthenticationRefusal.MethodNotAllowed, Make("md5", Tls).OnSasl(["SCRAM-SHA-256"]));
        AssertRefused(AuthenticationRefusal.MethodNotAllowed, Make("!none", Tls).OnOk());
    }

    [Fact]
    public void Methods_that_are_not_supported_say_what_to_use()
    {
        AssertUnsupported(Make().OnGss());
        AssertUnsupported(Make().OnSspi());
        AssertUnsupported(Make().OnSasl(["OAUTHBEARER"]));
        AssertUnsupported(Make().OnSasl(["X-UNKNOWN"]));
        AssertUnsupported(Make().OnSasl([]));
        foreach (var code in new[] { 1, 2, 4, 6, 13, -1, int.MaxValue })
            AssertUnsupported(Make().OnUnsupported(code));
    }

    [Fact]
    public void No_effect_shows_the_secret()
    {
        var cleartext = Make(channel: Tls).OnCleartextPassword();
        var md5 = Make(channel: Tls).OnMd5Password([1, 2, 3, 4]);

        Assert.Equal("SendPassword", cleartext.ToString());
        Assert.Equal("SendPassword", md5.ToString());
        foreach (var ask in AsksForPassword)
            Assert.DoesNotContain(Secret, ask(Make("oauth")).ToString(), StringComparison.Ordinal);
    }
}
