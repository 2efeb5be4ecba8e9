using PgActors.Authentication;
using static PgActors.Engine.Tests.Authentication.AuthenticationMachines;
using static PgActors.Engine.Tests.Authentication.ScramVectors;

namespace PgActors.Engine.Tests.Authentication;

public sealed class AuthenticationMachineTests
{
    [Fact]
    public void Trust_is_accepted_by_default()
    {
        var machine = Make();

        Assert.Equal(AuthenticationEffect.Succeeded, machine.OnOk());
        Assert.Equal(AuthenticationMethods.NoChallenge, machine.Method);
    }

    [Fact]
    public void Cleartext_is_answered_over_tls()
    {
        var machine = Make(channel: Tls);

        Assert.Equal(AuthenticationEffect.SendPassword(Utf8(Secret)), machine.OnCleartextPassword());
        Assert.Equal(AuthenticationEffect.Succeeded, machine.OnOk());
        Assert.Equal(AuthenticationMethods.Cleartext, machine.Method);
        Assert.False(machine.IsChannelBound);
    }

    [Fact]
    public void Md5_is_answered_on_a_unix_socket()
    {
        using var credentials = new AuthenticationCredentials("md5u", "pw1");
        var machine = new AuthenticationMachine(credentials, AuthenticationPolicy.Default, UnixSocket, Nonce);

        Assert.Equal(AuthenticationEffect.SendPassword(Utf8("md5b9b2eab2d138d2c83bd7c2d2be572f51")), machine.OnMd5Password([1, 2, 3, 4]));
        Assert.Equal(AuthenticationEffect.Succeeded, machine.OnOk());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(60_000)]
    public void Md5_salt_of_another_length_is_a_violation(int length)
        => Assert.Equal(AuthenticationEffectKind.Violation, Make(channel: Tls).OnMd5Password(new byte[length]).Kind);

    [Fact]
    public void Scram_runs_to_its_end()
    {
        var machine = Make();
        var server = new ScramServer(Stored, ServerNonce);

        var first = machine.OnSasl(server.Mechanisms);
        Assert.Equal(AuthenticationEffect.SendSaslInitialResponse(SaslMechanism.ScramSha256, Utf8("n,,n=,r=" + Nonce)), first);
        server.OnClientFirst(first.Mechanism.ToWireName(), first.Payload, out var serverFirst);
        Assert.Equal(AuthenticationEffect.DeriveKeys(SaltBytes, 4096), machine.OnSaslContinue(serverFirst));
        using var keys = ScramKeys.Derive(Utf8(Secret), SaltBytes, 4096);
        var proof = machine.OnKeysDerived(keys);
        Assert.Equal(AuthenticationEffectKind.SendSaslResponse, proof.Kind);
        Assert.True(server.OnClientFinal(proof.Payload, out var serverFinal).IsAccepted);
        Assert.Equal(AuthenticationEffect.None, machine.OnSaslFinal(serverFinal));
        Assert.Equal(AuthenticationPhase.SaslVerified, machine.Phase);
        Assert.Equal(AuthenticationEffect.Succeeded, machine.OnOk());
        Assert.Equal(AuthenticationMethods.ScramSha256, machine.Method);
        Assert.False(machine.IsChannelBound);
    }

    [Fact]
    public void Bound_scram_satisfies_required_binding()
    {
        var (machine, server) = (Make(channel: Tls, requireBinding: true), new ScramServer(Stored, ServerNonce, Binding));

        Assert.Equal(AuthenticationEffect.None, RunScram(machine, server));
        Assert.Equal(AuthenticationEffect.Succeeded, machine.OnOk());
        Assert.True(machine.IsChannelBound);
    }

    [Fact]
    public void Given_keys_replace_the_password()
    {
        using var keys = ScramKeys.Derive(Utf8(Secret), SaltBytes, 4096);
        using var credentials = new AuthenticationCredentials("u", scramKeys: keys);
        var machine = new AuthenticationMachine(credentials, AuthenticationPolicy.Default, Network, Nonce);
        var server = new ScramServer(Stored, ServerNonce);
        var first = machine.OnSasl(server.Mechanisms);
        server.OnClientFirst(first.Mechanism.ToWireName(), first.Payload, out var serverFirst);

        var proof = machine.OnSaslContinue(serverFirst);

        Assert.Equal(AuthenticationEffectKind.SendSaslResponse, proof.Kind);
        Assert.True(server.OnClientFinal(proof.Payload, out var serverFinal).IsAccepted);
        Assert.Equal(AuthenticationEffect.None, machine.OnSaslFinal(serverFinal));
        Assert.Equal(AuthenticationEffect.Succeeded, machine.OnOk());
    }

    [Theory]
    [InlineData("")]
    [InlineData("r=" + Nonce + ",s=" + Salt + ",i=4096")]
    [InlineData("r=" + Nonce + "x,s=,i=4096")]
    [InlineData("r=" + Nonce + "x,s=" + Salt + ",i=0")]
    [InlineData("m=1,r=" + Nonce + "x,s=" + Salt + ",i=4096")]
    public void Malformed_server_first_is_a_violation(string message)
    {
        var machine = AtContinue();

        Assert.Equal(AuthenticationEffectKind.Violation, machine.OnSaslContinue(Utf8(message)).Kind);
        Assert.Equal(AuthenticationPhase.Failed, machine.Phase);
    }

    [Fact]
    public void Second_exchange_is_a_violation_at_every_step()
    {
        AssertSecondRequestIsViolation(AtPasswordSent);
        AssertSecondRequestIsViolation(() => AtContinue());
        AssertSecondRequestIsViolation(() => AtKeys());
        AssertSecondRequestIsViolation(() => AtFinal());
        AssertSecondRequestIsViolation(AtVerified);
        AssertSecondRequestIsViolation(AtSucceeded);
    }

    [Fact]
    public void Sasl_messages_out_of_order_are_violations()
    {
        var first = Utf8($"r={Nonce}x,s={Salt},i=4096");
        var final = Utf8("v=" + LibpqSignature);
        AssertViolation(Make().OnSaslContinue(first));
        AssertViolation(AtPasswordSent().OnSaslContinue(first));
        AssertViolation(AtKeys().OnSaslContinue(first));
        AssertViolation(AtFinal().OnSaslContinue(first));
        AssertViolation(AtVerified().OnSaslContinue(first));
        AssertViolation(AtSucceeded().OnSaslContinue(first));
        AssertViolation(Make().OnSaslFinal(final));
        AssertViolation(AtPasswordSent().OnSaslFinal(final));
        AssertViolation(AtContinue().OnSaslFinal(final));
        AssertViolation(AtKeys().OnSaslFinal(final));
        AssertViolation(AtVerified().OnSaslFinal(final));
        AssertViolation(AtSucceeded().OnSaslFinal(final));
        AssertViolation(AtSucceeded().OnOk());
        AssertViolation(Make().OnGssContinue());
    }

    [Fact]
    public void Named_method_is_answered_on_the_network()
        => Assert.Equal(AuthenticationEffectKind.SendPassword, Make("password").OnCleartextPassword().Kind);

    [Fact]
    public void Failed_machine_stays_silent()
    {
        foreach (var fact in ServerFacts)
        {
            var machine = Make();
            AssertViolation(machine.OnSaslFinal([]));

            Assert.Equal(AuthenticationEffect.None, fact(machine));
            Assert.Equal(AuthenticationPhase.Failed, machine.Phase);
        }
    }

    [Fact]
    public void Keys_that_come_after_a_failure_are_ignored()
    {
        var machine = AtKeys();
        AssertViolation(machine.OnSaslContinue([]));

        Assert.Equal(AuthenticationEffect.None, machine.OnKeysDerived(Keys()));
    }

    [Fact]
    public void Keys_that_nobody_asked_for_are_the_callers_bug()
    {
        Assert.Throws<InvalidOperationException>(() => Make().OnKeysDerived(Keys()));
        Assert.Throws<InvalidOperationException>(() => AtPasswordSent().OnKeysDerived(Keys()));
        Assert.Throws<InvalidOperationException>(() => AtContinue().OnKeysDerived(Keys()));
        Assert.Throws<InvalidOperationException>(() => AtFinal().OnKeysDerived(Keys()));
        Assert.Throws<InvalidOperationException>(() => AtVerified().OnKeysDerived(Keys()));
        Assert.Throws<InvalidOperationException>(() => AtSucceeded().OnKeysDerived(Keys()));
    }

    [Fact]
    public void No_server_gets_more_than_four_messages_accepted()
    {
        using var keys = ScramKeys.Derive(Utf8(Secret), SaltBytes, 4096);
        using var credentials = new AuthenticationCredentials("u", scramKeys: keys);
        var (serverFirst, serverFinal) = RecordExchange();
        Func<AuthenticationMachine, AuthenticationEffect>[] facts =
        [
            .. ServerFacts,
            machine => machine.OnSaslContinue(serverFirst),
            machine => machine.OnSaslFinal(serverFinal),
        ];

        // Every sequence of messages, grown one by one for as long as the machine wants more.
        List<int[]> unfinished = [[]];
        var messages = 0;
        while (unfinished.Count > 0)
        {
            messages++;
            Assert.InRange(messages, 1, 4);
            unfinished = [.. unfinished
                .SelectMany(sequence => Enumerable.Range(0, facts.Length).Select(next => (int[])[.. sequence, next]))
                .Where(sequence => !Replay(sequence).IsFinal)];
        }

        Assert.Equal(4, messages);

        AuthenticationEffect Replay(int[] sequence)
        {
            var machine = new AuthenticationMachine(credentials, AuthenticationPolicy.Default, UnixSocket, Nonce);
            var effect = AuthenticationEffect.None;
            foreach (var fact in sequence)
                effect = facts[fact](machine);
            return effect;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("rOprNGfwEbeRWgbNEkqOrOp")]
    [InlineData("rOprNGfwEbeRWgbNEkqOrO,r")]
    public void Weak_nonce_is_the_callers_bug(string nonce)
    {
        using var credentials = new AuthenticationCredentials("u", Secret);

        Assert.Throws<ArgumentException>(() => new AuthenticationMachine(credentials, AuthenticationPolicy.Default, Tls, nonce));
    }
}
