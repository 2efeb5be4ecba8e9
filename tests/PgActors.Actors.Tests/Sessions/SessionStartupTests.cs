using System.Text.RegularExpressions;
using PgActors.Protocol;
using PgActors.Sessions;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>Servers, and those between, that try to begin a session they must not get.</summary>
public sealed partial class SessionStartupTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Honest_scram_begins_a_session() => Scene.Play(async scene =>
    {
        var (_, login) = await LogInAsync(scene, new ScriptedScram(Scene.Password));
        Assert.Equal(ScriptedLoginOutcome.Accepted, login.Outcome);
        await scene.Ready;
    });

    [Fact]
    public void Wrong_signature_is_refused() =>
        AssertRefused(new ScriptedScram(Scene.Password) { TamperFinal = _ => $"v={Convert.ToBase64String(new byte[32])}" });

    [Fact]
    public void Ok_without_the_servers_proof_is_refused() => AssertRefused(new ScriptedScram(Scene.Password) { OmitsFinal = true });

    [Fact]
    public void Another_nonce_is_refused() =>
        AssertRefused(new ScriptedScram(Scene.Password) { TamperFirst = first => $"r=x{first[2..]}" }, answersChallenge: false);

    [Fact]
    public void Iterations_over_the_cap_are_refused_before_they_cost_anything() => AssertRefused(
        new ScriptedScram(Scene.Password) { TamperFirst = first => Iterations().Replace(first, "i=100000001") }, answersChallenge: false);

    [Fact]
    public void Plaintext_behind_the_servers_yes_to_tls_is_refused() => Scene.Play(
        async scene =>
        {
            scene.Session.Start();
            var connection = await scene.Server.AcceptAsync(Ct);
            await connection.ExpectAsync<SslRequest>(Ct);
            await connection.SendRawAsync("S"u8.ToArray().Concat(ScriptedConnection.Encode(Replies.Welcome)).ToArray(), Ct);

            var failure = await scene.Ended;
            Assert.Equal(SessionFailureKind.EncryptionFailed, failure.Kind);
            Assert.Equal(ClientEnd.Reset, await connection.ExpectEndAsync(Ct));
            Assert.False(scene.Ready.IsCompleted);
        },
        profile => profile with { Startup = profile.Startup with { Encryption = EncryptionRequest.Negotiate } });

    [Fact]
    public void Tls_is_spoken_behind_a_clean_yes() => Scene.Play(
        async scene =>
        {
            scene.Session.Start();
            var connection = await scene.Server.AcceptAsync(Ct);
            await connection.AcceptTrustAsync(new ScriptedStartup { AcceptsTls = true }, Ct);
            await scene.Ready;
        },
        profile => profile with { Startup = profile.Startup with { Encryption = EncryptionRequest.Negotiate } });

    [Fact]
    public void Silence_ends_at_the_connect_timeout_and_says_how_far_it_got() => Scene.Play(async scene =>
    {
        await scene.ConnectAsync();

        var failure = await scene.Ended;
        Assert.Equal(SessionFailureKind.TimedOut, failure.Kind);
        Assert.Contains("StartupMessage", failure.Message, StringComparison.Ordinal);
        Assert.Equal(scene.Profile.ConnectTimeout, scene.Simulation.Time.Elapsed);
    });

    private static void AssertRefused(ScriptedScram scram, bool answersChallenge = true) => Scene.Play(async scene =>
    {
        var (connection, login) = await LogInAsync(scene, scram);

        var failure = await scene.Ended;
        Assert.True(failure.Kind is SessionFailureKind.PolicyRefused or SessionFailureKind.ProtocolViolation, failure.ToString());
        Assert.Equal(answersChallenge ? ScriptedLoginOutcome.Accepted : ScriptedLoginOutcome.ClientLeft, login.Outcome);
        Assert.False(scene.Ready.IsCompleted);
        if (answersChallenge)
            Assert.Equal(ClientEnd.Reset, await connection.ExpectEndAsync(Ct));
    });

    private static async Task<(ScriptedConnection Connection, ScriptedLogin Login)> LogInAsync(Scene scene, ScriptedScram scram)
    {
        scene.Session.Start();
        var connection = await scene.Server.AcceptAsync(Ct);
        return (connection, await connection.AcceptScramAsync(scram, ScriptedStartup.Default, Ct));
    }

    [GeneratedRegex("i=[0-9]+")]
    private static partial Regex Iterations();
}
