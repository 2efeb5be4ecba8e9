using PgActors.Protocol;

namespace PgActors.Testing;

/// <summary>The first steps of a connection: encryption requests, the start-up packet, a session without authentication, a
/// cancel.</summary>
public static class ScriptedStartupSteps
{
    /// <summary>The packet that says what the connection is for: <see cref="StartupMessage"/> or <see cref="CancelRequest"/>. Requests for
    /// encryption before it are answered as told; those for GSSAPI always with <c>N</c>.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="startup">How to answer.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The packet.</returns>
    /// <exception cref="ScriptFailureException">None came.</exception>
    public static async Task<IFrontendMessage> ReceivePurposeAsync(
        this ScriptedConnection connection, ScriptedStartup startup, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(startup);
        while (true)
        {
            var message = await connection.ReceiveAsync(ct).ConfigureAwait(false);
            if (message is SslRequest && startup.AcceptsTls)
                await connection.AnswerTlsAsync(startup.TlsHandshake, ct).ConfigureAwait(false);
            else if (message is SslRequest or GssEncRequest)
                await connection.SendRawAsync("N"u8.ToArray(), ct).ConfigureAwait(false);
            else
                return message;
        }
    }

    /// <summary>The start-up packet, after any encryption requests.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="startup">How to answer the requests.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The packet.</returns>
    /// <exception cref="ScriptFailureException">Another one came, or none.</exception>
    public static async Task<StartupMessage> ExpectStartupAsync(
        this ScriptedConnection connection, ScriptedStartup startup, CancellationToken ct)
    {
        var message = await connection.ReceivePurposeAsync(startup, ct).ConfigureAwait(false);
        return message is StartupMessage asked
            ? asked
            : throw connection.Unexpected(nameof(StartupMessage), $"the client sent {message}");
    }

    /// <summary>A cancel request, after any encryption requests. A server answers by closing, which is left to the caller: until then the
    /// client waits.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="startup">How to answer the requests.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The request.</returns>
    /// <exception cref="ScriptFailureException">Another packet came, or none.</exception>
    public static async Task<CancelRequest> ExpectCancelAsync(
        this ScriptedConnection connection, ScriptedStartup startup, CancellationToken ct)
    {
        var message = await connection.ReceivePurposeAsync(startup, ct).ConfigureAwait(false);
        return message is CancelRequest cancel
            ? cancel
            : throw connection.Unexpected(nameof(CancelRequest), $"the client sent {message}");
    }

    /// <summary>A cancel request, after any encryption requests, which are refused.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The request.</returns>
    /// <exception cref="ScriptFailureException">Another packet came, or none.</exception>
    public static Task<CancelRequest> ExpectCancelAsync(this ScriptedConnection connection, CancellationToken ct)
        => connection.ExpectCancelAsync(ScriptedStartup.Default, ct);

    /// <summary>Starts a session without asking for a password, as PostgreSQL 18 without TLS does.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>What was agreed; always accepted.</returns>
    /// <exception cref="ScriptFailureException">The client does not want a session.</exception>
    public static Task<ScriptedLogin> AcceptTrustAsync(this ScriptedConnection connection, CancellationToken ct)
        => connection.AcceptTrustAsync(ScriptedStartup.Default, ct);

    /// <summary>Starts a session without asking for a password. Everything from NegotiateProtocolVersion to ReadyForQuery goes out in one
    /// write.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="startup">What to say.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>What was agreed; always accepted.</returns>
    /// <exception cref="ScriptFailureException">The client does not want a session, or one of another major version.</exception>
    public static async Task<ScriptedLogin> AcceptTrustAsync(
        this ScriptedConnection connection, ScriptedStartup startup, CancellationToken ct)
    {
        var answer = await connection.ExpectAnswerableAsync(startup, ct).ConfigureAwait(false);
        return await connection.WelcomeAsync(answer, answer.Prelude, ct).ConfigureAwait(false);
    }

    /// <summary>A start-up packet of a major version that can be answered.</summary>
    internal static async Task<StartupAnswer> ExpectAnswerableAsync(
        this ScriptedConnection connection, ScriptedStartup startup, CancellationToken ct)
    {
        var asked = await connection.ExpectStartupAsync(startup, ct).ConfigureAwait(false);
        var answer = new StartupAnswer(asked, startup);
        return answer.IsSupported
            ? answer
            : throw connection.Unexpected($"a version {startup.MaxVersion.Major}.x", $"the client asked for {asked.Version}");
    }

    /// <summary>Everything from AuthenticationOk on, in one write with what is to be said before it.</summary>
    internal static async Task<ScriptedLogin> WelcomeAsync(
        this ScriptedConnection connection, StartupAnswer answer, IReadOnlyList<IBackendMessage> before, CancellationToken ct)
    {
        await connection.SendAsync([.. before, .. answer.Welcome], ct).ConfigureAwait(false);
        return answer.Login(ScriptedLoginOutcome.Accepted);
    }
}
