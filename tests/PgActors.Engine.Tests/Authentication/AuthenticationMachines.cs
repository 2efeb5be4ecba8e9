using PgActors.Authentication;
using static PgActors.Engine.Tests.Authentication.ScramVectors;

namespace PgActors.Engine.Tests.Authentication;

/// <summary>Machines brought to a phase by feeding them what a server would send, and what to expect of them.</summary>
internal static class AuthenticationMachines
{
    // 24 characters, as the machine wants them.
    public const string Nonce = "rOprNGfwEbeRWgbNEkqOrOpr";
    public const string Secret = "hunter2-hunter2";
    public static readonly byte[] Binding = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    public static readonly byte[] SaltBytes = Convert.FromBase64String(Salt);
    public static readonly ScramSecret Stored = ScramSecret.FromPassword(Utf8(Secret), SaltBytes, 4096);

    public static readonly AuthenticationChannel Network = new(IsEncrypted: false, IsUnixSocket: false, null, ServerVerified: false);
    public static readonly AuthenticationChannel UnixSocket = new(IsEncrypted: false, IsUnixSocket: true, null, ServerVerified: false);
    public static readonly AuthenticationChannel Tls = new(IsEncrypted: true, IsUnixSocket: false, Binding, ServerVerified: true);

    public static readonly Func<AuthenticationMachine, AuthenticationEffect>[] AsksForPassword =
    [
        machine => machine.OnCleartextPassword(),
        machine => machine.OnMd5Password([1, 2, 3, 4]),
        machine => machine.OnSasl(["SCRAM-SHA-256"]),
    ];

    public static readonly Func<AuthenticationMachine, AuthenticationEffect>[] ServerFacts =
    [
        .. AsksForPassword,
        machine => machine.OnSaslContinue(Utf8($"r={Nonce}x,s={Salt},i=1")),
        machine => machine.OnSaslFinal(Utf8("v=" + LibpqSignature)),
        machine => machine.OnOk(),
        machine => machine.OnGss(),
        machine => machine.OnGssContinue(),
        machine => machine.OnSspi(),
        machine => machine.OnUnsupported(2),
    ];

    public static AuthenticationMachine Make(
        string? requireAuth = null, AuthenticationChannel? channel = null, bool requireBinding = false)
    {
        var binding = requireBinding ? ChannelBindingPolicy.Require : ChannelBindingPolicy.Prefer;
        Assert.True(AuthenticationPolicy.TryParse(requireAuth, binding, out var policy, out _));
        return new AuthenticationMachine(new AuthenticationCredentials("u", Secret), policy, channel ?? Network, Nonce);
    }

    public static AuthenticationMachine Bound(AuthenticationChannel channel) => Make(channel: channel, requireBinding: true);

    public static AuthenticationMachine AtPasswordSent()
    {
        var machine = Make(channel: Tls);
        Assert.Equal(AuthenticationEffectKind.SendPassword, machine.OnCleartextPassword().Kind);
        return machine;
    }

    public static AuthenticationMachine AtContinue(AuthenticationChannel? channel = null)
    {
        var machine = Make(channel: channel);
        Assert.Equal(AuthenticationEffectKind.SendSaslInitialResponse, machine.OnSasl(["SCRAM-SHA-256"]).Kind);
        return machine;
    }

    public static AuthenticationMachine AtKeys(AuthenticationChannel? channel = null)
    {
        var machine = AtContinue(channel);
        Assert.Equal(AuthenticationEffectKind.DeriveKeys, machine.OnSaslContinue(Utf8($"r={Nonce}x,s={Salt},i=1")).Kind);
        return machine;
    }

    public static AuthenticationMachine AtFinal(AuthenticationChannel? channel = null)
    {
        var machine = AtKeys(channel);
        Assert.Equal(AuthenticationEffectKind.SendSaslResponse, machine.OnKeysDerived(Keys()).Kind);
        return machine;
    }

    public static AuthenticationMachine AtVerified()
    {
        var machine = Make();
        Assert.Equal(AuthenticationEffect.None, RunScram(machine, new ScramServer(Stored, ServerNonce)));
        return machine;
    }

    public static AuthenticationMachine AtSucceeded()
    {
        var machine = Make();
        Assert.Equal(AuthenticationEffect.Succeeded, machine.OnOk());
        return machine;
    }

    /// <summary>Runs a whole exchange, AuthenticationSASLFinal included.</summary>
    public static AuthenticationEffect RunScram(AuthenticationMachine machine, ScramServer server)
    {
        var first = machine.OnSasl(server.Mechanisms);
        Assert.True(server.OnClientFirst(first.Mechanism.ToWireName(), first.Payload, out var serverFirst).IsAccepted);
        var derive = machine.OnSaslContinue(serverFirst);
        using var keys = new AuthenticationCredentials("u", Secret).DeriveScramKeys(derive.Payload, derive.Iterations);
        Assert.True(server.OnClientFinal(machine.OnKeysDerived(keys).Payload, out var serverFinal).IsAccepted);
        return machine.OnSaslFinal(serverFinal);
    }

    /// <summary>What a genuine server would send in SASLContinue and SASLFinal to a client with keys.</summary>
    public static (byte[] ServerFirst, byte[] ServerFinal) RecordExchange()
    {
        var client = new ScramClient(ChannelBindingFlag.NotSupported, Nonce);
        var server = new ScramServer(Stored, ServerNonce);
        server.OnClientFirst(client.Mechanism.ToWireName(), client.ClientFirst(), out var serverFirst);
        client.OnServerFirst(serverFirst);
        using var keys = ScramKeys.Derive(Utf8(Secret), client.Salt, client.Iterations);
        Assert.True(server.OnClientFinal(client.ClientFinal(keys), out var serverFinal).IsAccepted);
        return (serverFirst, serverFinal);
    }

    public static void AssertSecondRequestIsViolation(Func<AuthenticationMachine> reach)
    {
        AssertViolation(reach().OnCleartextPassword());
        AssertViolation(reach().OnMd5Password([1, 2, 3, 4]));
        AssertViolation(reach().OnSasl(["SCRAM-SHA-256"]));
        AssertViolation(reach().OnGss());
        AssertViolation(reach().OnGssContinue());
        AssertViolation(reach().OnSspi());
        AssertViolation(reach().OnUnsupported(1));
    }

    public static void AssertViolation(AuthenticationEffect effect)
    {
        Assert.Equal(AuthenticationEffectKind.Violation, effect.Kind);
        Assert.NotEmpty(effect.Message);
    }

    public static void AssertRefused(AuthenticationRefusal refusal, AuthenticationEffect effect)
    {
        Assert.Equal(AuthenticationEffectKind.Refused, effect.Kind);
        Assert.Equal(refusal, effect.Refusal);
        Assert.NotEmpty(effect.Message);
        Assert.Empty(effect.Payload);
        Assert.DoesNotContain(Secret, effect.Message, StringComparison.Ordinal);
    }

    public static void AssertUnsupported(AuthenticationEffect effect)
    {
        AssertRefused(AuthenticationRefusal.MethodNotSupported, effect);
        Assert.Contains("pg_hba.conf", effect.Message, StringComparison.Ordinal);
    }
}
