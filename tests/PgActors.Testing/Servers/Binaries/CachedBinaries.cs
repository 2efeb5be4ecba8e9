namespace PgActors.Testing;

/// <summary>Servers that were unpacked before.</summary>
internal sealed class CachedBinaries(PostgresCache cache) : IBinariesSource
{
    /// <inheritdoc/>
    public string Way => "the cache";

    /// <summary>The folder of a package in a cache folder. It appears there by one rename, so what exists is complete.</summary>
    public static string PackageFolder(string cacheFolder, PinnedPackage package) =>
        Path.Combine(cacheFolder, "binaries", package.FolderName);

    /// <inheritdoc/>
    public string Remedy(int major) => $"nothing; it is filled by the next way ({PostgresCache.Variable} names another folder)";

    /// <inheritdoc/>
    public Task<BinariesAnswer> FindAsync(int major, CancellationToken cancellationToken) => Task.FromResult(Find(major));

    private BinariesAnswer Find(int major)
    {
        var (package, reason) = PinnedPackage.For(major);
        if (package is null)
        {
            return BinariesAnswer.None(reason);
        }

        var folders = cache.Readable.Select(folder => PackageFolder(folder, package)).ToArray();
        var present = folders.Where(Directory.Exists).Select(folder => Path.Combine(folder, "bin")).ToArray();
        return present.Length > 0
            ? BinariesAnswer.Found(present)
            : BinariesAnswer.None($"{string.Join(" and ", folders)} {(folders.Length == 1 ? "does" : "do")} not exist");
    }
}
