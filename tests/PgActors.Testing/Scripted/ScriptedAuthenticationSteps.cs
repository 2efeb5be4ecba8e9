using System.Text;
using PgActors.Authentication;
using PgActors.Protocol;

namespace PgActors.Testing;

/// <summary>Start-ups that ask for a password.</summary>
public static class ScriptedAuthenticationSteps
{
    /// <summary>Starts a session for whoever sends the password in clear.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="password">The password.</param>
    /// <param name="startup">What to say besides.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="ScriptFailureException">The client sent something else than the protocol allows.</exception>
    public static Task<ScriptedLogin> AcceptCleartextAsync(
        this ScriptedConnection connection, string password, ScriptedStartup startup, CancellationToken ct)
        => AcceptPasswordAsync(connection, startup, new AuthenticationCleartextPassword(), _ => password, ct);

    /// <summary>Starts a session for whoever sends the password hashed with MD5.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="password">The password.</param>
    /// <param name="salt">Four bytes.</param>
    /// <param name="startup">What to say besides.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="ScriptFailureException">The client sent something else than the protocol allows.</exception>
    public static Task<ScriptedLogin> AcceptMd5Async(
        this ScriptedConnection connection, string password, WireArray<byte> salt, ScriptedStartup startup, CancellationToken ct)
        => AcceptPasswordAsync(
            connection,
            startup,
            new AuthenticationMd5Password(salt),
            asked => Encoding.ASCII.GetString(Md5Password.Compute(UserOf(asked), password, salt.Span)),
            ct);

    /// <summary>Starts a session for whoever proves by SCRAM-SHA-256 to know the password. A tampered exchange goes on for as long as the
    /// client plays along.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="scram">The exchange.</param>
    /// <param name="startup">What to say besides.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>How it ended, as the server sees it: a client that refuses the last message leaves after that.</returns>
    /// <exception cref="ScriptFailureException">The client sent something else than the protocol allows.</exception>
    public static async Task<ScriptedLogin> AcceptScramAsync(
        this ScriptedConnection connection, ScriptedScram scram, ScriptedStartup startup, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scram);
        var answer = await connection.ExpectAnswerableAsync(startup, ct).ConfigureAwait(false);
        var secret = ScramSecret.FromPassword(Encoding.UTF8.GetBytes(scram.Password), scram.Salt.Span, scram.Iterations);
        var server = new ScramServer(secret, scram.ServerNonce, scram.ChannelBindingData.Span);
        var offer = new AuthenticationSasl(WireArray.Adopt((scram.Mechanisms ?? server.Mechanisms).ToArray()));
        await connection.SendAsync([.. answer.Prelude, offer], ct).ConfigureAwait(false);

        if (await connection.ExpectUnlessGoneAsync<SaslInitialResponse>(ct).ConfigureAwait(false) is not { } initial
            || await FirstDataAsync(connection, initial, ct).ConfigureAwait(false) is not { } clientFirst)
        {
            return answer.Login(ScriptedLoginOutcome.ClientLeft);
        }

        var result = server.OnClientFirst(initial.Mechanism, clientFirst.Span, out var serverFirst);
        if (!result.IsAccepted)
            return await RefuseAsync(connection, answer, result, ct).ConfigureAwait(false);
        await connection.SendAsync(new AuthenticationSaslContinue(Tamper(serverFirst, scram.TamperFirst)), ct).ConfigureAwait(false);

        if (await connection.ExpectUnlessGoneAsync<SaslResponse>(ct).ConfigureAwait(false) is not { } clientFinal)
            return answer.Login(ScriptedLoginOutcome.ClientLeft);
        result = server.OnClientFinal(clientFinal.Data.Span, out var serverFinal);
        if (!result.IsAccepted)
            return await RefuseAsync(connection, answer, result, ct).ConfigureAwait(false);

        IReadOnlyList<IBackendMessage> last = scram.OmitsFinal
            ? []
            : [new AuthenticationSaslFinal(Tamper(serverFinal, scram.TamperFinal))];
        return await connection.WelcomeAsync(answer, last, ct).ConfigureAwait(false);
    }

    private static async Task<ScriptedLogin> AcceptPasswordAsync(
        ScriptedConnection connection,
        ScriptedStartup startup,
        IBackendMessage request,
        Func<StartupMessage, string> expected,
        CancellationToken ct)
    {
        var answer = await connection.ExpectAnswerableAsync(startup, ct).ConfigureAwait(false);
        await connection.SendAsync([.. answer.Prelude, request], ct).ConfigureAwait(false);
        if (await connection.ExpectUnlessGoneAsync<PasswordMessage>(ct).ConfigureAwait(false) is not { } given)
            return answer.Login(ScriptedLoginOutcome.ClientLeft);
        return given.Password == expected(answer.Asked)
            ? await connection.WelcomeAsync(answer, [], ct).ConfigureAwait(false)
            : await RefuseAsync(connection, answer, new ScramResult(ScramFailure.ProofMismatch, "The password is wrong."), ct)
                .ConfigureAwait(false);
    }

    // A client without a first message of its own gets an empty challenge and then sends it.
    private static async Task<WireArray<byte>?> FirstDataAsync(
        ScriptedConnection connection, SaslInitialResponse initial, CancellationToken ct)
    {
        if (initial.Data is { } data)
            return data;
        await connection.SendAsync(new AuthenticationSaslContinue([]), ct).ConfigureAwait(false);
        return (await connection.ExpectUnlessGoneAsync<SaslResponse>(ct).ConfigureAwait(false))?.Data;
    }

    private static async Task<ScriptedLogin> RefuseAsync(
        ScriptedConnection connection, StartupAnswer answer, ScramResult result, CancellationToken ct)
    {
        var (sqlState, message) = result.Failure switch
        {
            ScramFailure.ProofMismatch
                => (SqlStates.InvalidPassword, $"password authentication failed for user \"{UserOf(answer.Asked)}\""),
            ScramFailure.ChannelBindingMismatch => (SqlStates.InvalidAuthorizationSpecification, "SCRAM channel binding check failed"),
            _ => (SqlStates.ProtocolViolation, "malformed SCRAM message"),
        };
        await connection.SendAsync(new ErrorResponse(ServerErrors.Fatal(sqlState, message)), ct).ConfigureAwait(false);
        await connection.CloseAsync().ConfigureAwait(false);
        return answer.Login(ScriptedLoginOutcome.Refused, result.Message);
    }

    private static WireArray<byte> Tamper(byte[] message, Func<string, string>? tamper)
        => WireArray.Adopt(tamper is null ? message : Encoding.UTF8.GetBytes(tamper(Encoding.ASCII.GetString(message))));

    private static string UserOf(StartupMessage asked)
    {
        var user = "";
        foreach (var parameter in asked.Parameters)
        {
            if (parameter.Name == "user")
                user = parameter.Value;
        }

        return user;
    }
}
