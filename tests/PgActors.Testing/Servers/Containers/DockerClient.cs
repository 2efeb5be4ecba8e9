namespace PgActors.Testing;

/// <summary>The <c>docker</c> command, where an engine answers it.</summary>
internal sealed class DockerClient
{
    // The first use of an image fetches some 150 MB.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(20);

    private readonly string _program;

    private DockerClient(string program) => _program = program;

    /// <summary>The client of an engine that has an image, or why there is none.</summary>
    /// <param name="program">The command's name or path.</param>
    /// <param name="image">The image that must be there; it is fetched when it is not.</param>
    /// <param name="cancellationToken">Ends the probe.</param>
    public static async Task<(DockerClient? Client, string Reason)> FindAsync(
        string program, string image, CancellationToken cancellationToken)
    {
        var outcome = await ChildProcess.RunAsync(
            [program, "version", "--format", "{{.Server.Version}}"], ProbeLimit, cancellationToken: cancellationToken);
        if (!outcome.Succeeded)
        {
            return (null, $"'{program} version' finds no engine: {outcome.Describe()}");
        }

        var client = new DockerClient(program);
        var known = await client.TryAsync(["image", "inspect", image], cancellationToken);
        var fetched = known.Succeeded ? known : await client.TryAsync(["pull", "--quiet", image], cancellationToken);
        return fetched.Succeeded ? (client, "") : (null, $"the image {image} cannot be fetched: {fetched.Describe()}");
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
