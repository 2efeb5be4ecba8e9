namespace PgActors.Testing;

/// <summary>Tries the ways to a server in their order and makes the first that works; or says why none did.</summary>
internal static class HostSearch
{
    /// <summary>Makes a server; it is not started.</summary>
    /// <exception cref="PostgresUnavailableException">No way worked.</exception>
    public static async Task<IServerHost> CreateAsync(PostgresServerOptions options, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Major, PostgresServerOptions.OldestMajor);
        var failed = new List<UnavailableWay>();
        var (user, reason) = await ServerUser.FindAsync(cancellationToken);
        if (user is null)
        {
            failed.Add(new UnavailableWay("a server process of this machine", reason, "run the tests as an ordinary user"));
        }
        else if (await BinariesSearch.FindAsync(options, user, failed, cancellationToken) is { } binaries)
        {
            var run = await RunFolder.CurrentAsync(cancellationToken);
            return await LocalServer.CreateAsync(binaries, user, run, options, cancellationToken);
        }

        // An explicit setting that does not work must not hide behind another way.
        if (new ConfiguredBinaries(options.InstallationDirectory).Setting(options.Major) is null)
        {
            var (docker, dockerReason) = await DockerClient.FindAsync("docker", ContainerServer.Image(options.Major), cancellationToken);
            if (docker is not null)
            {
                var run = await RunFolder.CurrentAsync(cancellationToken);
                return await ContainerServer.CreateAsync(docker, run, options, cancellationToken);
            }

            failed.Add(new UnavailableWay("a container", dockerReason, "install Docker and start its engine, or let this user reach it"));
        }

        throw new PostgresUnavailableException(options.Major, failed);
    }
}
