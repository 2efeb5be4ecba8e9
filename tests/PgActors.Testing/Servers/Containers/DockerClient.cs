namespace PgActors.Testing;

/// <summary>The <c>docker</c> command, where an engine answers it.</summary>
internal sealed class DockerClient
{
    // The first use of an image fetches some 150 MB.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(20);

    private readonly string _program;

    private DockerClient(string program) => _program = program;

    /// <summary>The client, or why there is none.</summary>
    /// <param name="program">The command's name or path.</param>
    /// <param name="cancellationToken">Ends the probe.</param>
    public static async Task<(DockerClient? Client, string Reason)> FindAsync(string program, CancellationToken cancellationToken)
    {
        var outcome = await ChildProcess.RunAsync(
            [program, "version", "--format", "{{.Server.Version}}"], ProbeLimit, cancellationToken: cancellationToken);
        return outcome.Succeeded ? (new DockerClient(program), "") : (null, $"'{program} version' finds no engine: {outcome.Describe()}");
    }

    /// <summary>Runs a command that must succeed; what it wrote to standard output.</summary>
    /// <exception cref="PostgresServerException">It failed.</exception>
    public async Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var outcome = await TryAsync(arguments, cancellationToken);
        return outcome.Succeeded
            ? outcome.Output.Trim()
            : throw new PostgresServerException($"'docker {string.Join(' ', arguments.Take(2))}' failed: {outcome.Describe()}");
    }

    /// <summary>Runs a command that may fail.</summary>
    public Task<ProcessOutcome> TryAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        ChildProcess.RunAsync([_program, .. arguments], Limit, cancellationToken: cancellationToken);
}
