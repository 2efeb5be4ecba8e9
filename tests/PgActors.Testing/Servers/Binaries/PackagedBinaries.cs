using System.Text.Json;

namespace PgActors.Testing;

/// <summary>Servers from the npm registry, fetched once and kept in the cache.</summary>
internal sealed class PackagedBinaries(PostgresCache cache) : IBinariesSource
{
    private static readonly TimeSpan FetchLimit = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public string Way => "the npm registry";

    /// <inheritdoc/>
    public string Remedy(int major) =>
        "install npm (Debian: apt-get install npm; macOS: brew install node; or nodejs.org) with a registry in reach, and a writable cache";

    /// <inheritdoc/>
    public async Task<BinariesAnswer> FindAsync(int major, CancellationToken cancellationToken)
    {
        var (package, reason) = PinnedPackage.For(major);
        if (package is null)
        {
            return BinariesAnswer.None(reason);
        }

        try
        {
            using var held = await cache.LockAsync(cancellationToken);
            var folder = CachedBinaries.PackageFolder(cache.Folder, package);

            // Whoever held the lock before us may have installed it.
            var failure = Directory.Exists(folder) ? null : await InstallAsync(package, folder, cancellationToken);
            return failure is null ? BinariesAnswer.Found(Path.Combine(folder, "bin")) : BinariesAnswer.None(failure);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or JsonException
            or PostgresServerException)
        {
            return BinariesAnswer.None($"installing {package.Name}@{package.Version} in {cache.Folder} failed: {e.Message}");
        }
    }

    private async Task<string?> InstallAsync(PinnedPackage package, string folder, CancellationToken cancellationToken)
    {
        var work = cache.NewWork();
        try
        {
            string[] npm = OperatingSystem.IsWindows() ? ["cmd", "/c", "npm"] : ["npm"];
            var outcome = await ChildProcess.RunAsync(
                [.. npm, "pack", "--silent", "--ignore-scripts", $"{package.Name}@{package.Version}"],
                FetchLimit,
                workingDirectory: work,
                cancellationToken: cancellationToken);
            if (!outcome.Succeeded)
            {
                return $"'npm pack {package.Name}@{package.Version}' failed: {outcome.Describe()}";
            }

            var archive = Directory.EnumerateFiles(work, "*.tgz").SingleOrDefault();
            if (archive is null)
            {
                return $"'npm pack {package.Name}@{package.Version}' left no archive";
            }

            var unpacked = Path.Combine(work, "package");
            await PackageArchive.UnpackAsync(archive, unpacked, cancellationToken);
            RunFolder.CreatePassable(Path.GetDirectoryName(folder)!);
            Directory.Move(Path.Combine(unpacked, "native"), folder);
            return null;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }
}
