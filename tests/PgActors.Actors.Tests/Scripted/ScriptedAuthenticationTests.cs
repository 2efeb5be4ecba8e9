using System.Text;
using PgActors.Authentication;
using PgActors.Protocol;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Scripted;

public sealed class ScriptedAuthenticationTests
{
    private const string Password = "correct horse";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Password, ScriptedLoginOutcome.Accepted)]
    [InlineData("battery staple", ScriptedLoginOutcome.Refused)]
    public async Task Cleartext_lets_in_who_knows_the_password(string given, ScriptedLoginOutcome outcome)
    {
        var (client, server) = Pair();
        var accepting = server.AcceptCleartextAsync(Password, ScriptedStartup.Default, Ct);
        await client.SendAsync(WireClient.Startup(ProtocolVersion.Version30));
        await client.ReceiveAsync<AuthenticationCleartextPassword>();
        await client.SendAsync(new PasswordMessage(given));

        Assert.Equal(outcome, (await accepting).Outcome);
        await AssertAnsweredAsync(client, outcome);
    }

    [Theory]
    [InlineData(Password, ScriptedLoginOutcome.Accepted)]
    [InlineData("battery staple", ScriptedLoginOutcome.Refused)]
    public async Task Md5_lets_in_who_knows_the_password(string given, ScriptedLoginOutcome outcome)
    {
        var (client, server) = Pair();
        var accepting = server.AcceptMd5Async(Password, [1, 2, 3, 4], ScriptedStartup.Default, Ct);
        await client.SendAsync(WireClient.Startup(ProtocolVersion.Version30));
        var salt = (await client.ReceiveAsync<AuthenticationMd5Password>()).Salt;
        await client.SendAsync(new PasswordMessage(Encoding.ASCII.GetString(Md5Password.Compute("app", given, salt.Span))));

        Assert.Equal(outcome, (await accepting).Outcome);
        await AssertAnsweredAsync(client, outcome);
    }

    [Fact]
    public async Task A_client_that_leaves_instead_of_answering_is_no_failure_of_the_script()
    {
        var (client, server) = Pair();
        var accepting = server.AcceptCleartextAsync(Password, ScriptedStartup.Default, Ct);
        await client.SendAsync(WireClient.Startup(ProtocolVersion.Version30));
        await client.DisposeAsync();

        var login = await accepting;
        Assert.Equal(ScriptedLoginOutcome.ClientLeft, login.Outcome);
        Assert.Null(login.Key);
    }

    [Fact]
    public async Task A_version_is_negotiated_before_the_password_is_asked_for()
    {
        var (client, server) = Pair();
        var accepting = server.AcceptCleartextAsync(Password, ScriptedStartup.Default, Ct);
        await client.SendAsync(WireClient.Startup(new ProtocolVersion(0x0003_270F)));
        await client.ReceiveAsync<NegotiateProtocolVersion>();
        await client.ReceiveAsync<AuthenticationCleartextPassword>();
        await client.SendAsync(new PasswordMessage(Password));

        Assert.Equal(ProtocolVersion.Version32, (await accepting).Version);
        Assert.DoesNotContain(await client.ReceiveUntilReadyAsync(), message => message is NegotiateProtocolVersion);
    }

    [Theory]
    [InlineData(Password, ScriptedLoginOutcome.Accepted)]
    [InlineData("battery staple", ScriptedLoginOutcome.Refused)]
    public async Task Scram_lets_in_who_knows_the_password(string given, ScriptedLoginOutcome outcome)
    {
        var (client, server) = Pair();
        var accepting = server.AcceptScramAsync(new ScriptedScram(Password), ScriptedStartup.Default, Ct);
        var scram = await BeginScramAsync(client, given);
        if (outcome == ScriptedLoginOutcome.Accepted)
            Assert.True(scram.OnServerFinal((await client.ReceiveAsync<AuthenticationSaslFinal>()).Outcome.Span).IsAccepted);

        Assert.Equal(outcome, (await accepting).Outcome);
        await AssertAnsweredAsync(client, outcome);
    }

    [Fact]
    public async Task Scram_asks_for_a_first_message_that_was_left_out()
    {
        var (client, server) = Pair();
        var accepting = server.AcceptScramAsync(new ScriptedScram(Password), ScriptedStartup.Default, Ct);
        await client.SendAsync(WireClient.Startup(ProtocolVersion.Version30));
        await client.ReceiveAsync<AuthenticationSasl>();
        await client.SendAsync(new SaslInitialResponse(SaslMechanismNames.ScramSha256, null));
        Assert.True((await client.ReceiveAsync<AuthenticationSaslContinue>()).Challenge.IsEmpty);

        var scram = new ScramClient(ChannelBindingFlag.NotSupported, "nonce");
        await client.SendAsync(new SaslResponse(WireArray.Adopt(scram.ClientFirst())));
        await AnswerScramAsync(client, scram, Password);
        await client.ReceiveAsync<AuthenticationSaslFinal>();

        Assert.Equal(ScriptedLoginOutcome.Accepted, (await accepting).Outcome);
    }

    [Fact]
    public async Task A_tampered_signature_is_noticed_by_the_client()
    {
        var (client, server) = Pair();
        var scripted = new ScriptedScram(Password) { TamperFinal = _ => "v=" + Convert.ToBase64String(new byte[32]) };
        var accepting = server.AcceptScramAsync(scripted, ScriptedStartup.Default, Ct);
        var scram = await BeginScramAsync(client, Password);

        var final = await client.ReceiveAsync<AuthenticationSaslFinal>();

        Assert.Equal(ScramFailure.SignatureMismatch, scram.OnServerFinal(final.Outcome.Span).Failure);
        await accepting;
        await client.DisposeAsync();
        await server.ExpectEndAsync(Ct);
    }

    [Fact]
    public async Task A_tampered_first_message_reaches_the_client_and_the_script_goes_on()
    {
        var (client, server) = Pair();
        var scripted = new ScriptedScram(Password) { TamperFirst = text => text.Replace("i=4096", "i=2147483647", StringComparison.Ordinal) };
        var accepting = server.AcceptScramAsync(scripted, ScriptedStartup.Default, Ct);
        var scram = await OfferScramAsync(client);

        var first = await client.ReceiveAsync<AuthenticationSaslContinue>();

        Assert.Equal(ScramFailure.TooManyIterations, scram.OnServerFirst(first.Challenge.Span).Failure);
        await client.DisposeAsync();
        Assert.Equal(ScriptedLoginOutcome.ClientLeft, (await accepting).Outcome);
    }

    [Fact]
    public async Task An_omitted_final_message_leaves_Ok_alone()
    {
        var (client, server) = Pair();
        var accepting = server.AcceptScramAsync(new ScriptedScram(Password) { OmitsFinal = true }, ScriptedStartup.Default, Ct);
        var scram = await BeginScramAsync(client, Password);

        await client.ReceiveAsync<AuthenticationOk>();

        Assert.False(scram.IsServerVerified);
        await accepting;
    }

    [Fact]
    public async Task Mechanisms_are_offered_as_told()
    {
        var (client, server) = Pair();
        var accepting = server.AcceptScramAsync(
            new ScriptedScram(Password) { Mechanisms = ["OTHER"] }, ScriptedStartup.Default, Ct);
        await client.SendAsync(WireClient.Startup(ProtocolVersion.Version30));

        Assert.Equal(["OTHER"], (await client.ReceiveAsync<AuthenticationSasl>()).Mechanisms.ToArray());
        await client.SendAsync(new SaslInitialResponse("OTHER", []));

        Assert.Equal(ScriptedLoginOutcome.Refused, (await accepting).Outcome);
        Assert.Equal(SqlStates.ProtocolViolation, (await client.ReceiveAsync<ErrorResponse>()).Error.SqlState);
    }

    private static async Task<ScramClient> OfferScramAsync(WireClient client)
    {
        await client.SendAsync(WireClient.Startup(ProtocolVersion.Version30));
        Assert.Equal([SaslMechanismNames.ScramSha256], (await client.ReceiveAsync<AuthenticationSasl>()).Mechanisms.ToArray());
        var scram = new ScramClient(ChannelBindingFlag.NotSupported, "nonce");
        await client.SendAsync(new SaslInitialResponse(SaslMechanismNames.ScramSha256, WireArray.Adopt(scram.ClientFirst())));
        return scram;
    }

    private static async Task<ScramClient> BeginScramAsync(WireClient client, string password)
    {
        var scram = await OfferScramAsync(client);
        await AnswerScramAsync(client, scram, password);
        return scram;
    }

    private static async Task AnswerScramAsync(WireClient client, ScramClient scram, string password)
    {
        var first = await client.ReceiveAsync<AuthenticationSaslContinue>();
        Assert.True(scram.OnServerFirst(first.Challenge.Span).IsAccepted);
        using var keys = ScramKeys.Derive(Encoding.UTF8.GetBytes(password), scram.Salt, scram.Iterations);
        await client.SendAsync(new SaslResponse(WireArray.Adopt(scram.ClientFinal(keys))));
    }

    private static async Task AssertAnsweredAsync(WireClient client, ScriptedLoginOutcome outcome)
    {
        if (outcome == ScriptedLoginOutcome.Accepted)
        {
            await client.ReceiveAsync<AuthenticationOk>();
            await client.ReceiveUntilReadyAsync();
            return;
        }

        var error = (await client.ReceiveAsync<ErrorResponse>()).Error;
        Assert.Equal(SqlStates.InvalidPassword, error.SqlState);
        Assert.True(error.IsFatal);
        await client.ReceiveEndAsync();
    }

    private static (WireClient Client, ScriptedConnection Server) Pair()
    {
        var (client, server) = MemoryTransport.CreatePair();
        return (new WireClient(client), new ScriptedConnection(server));
    }
}
