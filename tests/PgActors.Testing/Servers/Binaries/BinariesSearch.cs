using System.Collections.Concurrent;

namespace PgActors.Testing;

/// <summary>Goes through the sources until one has programs that run.</summary>
internal static class BinariesSearch
{
    // What was found stays found for this process: the search itself runs programs and would be a fifth of a server's start.
    private static readonly ConcurrentDictionary<(int Major, string Cache, string? Setting), PostgresBinaries> Known = new();

    /// <summary>Finds the programs of a major version.</summary>
    /// <param name="options">Major version and where to look.</param>
    /// <param name="user">Who must be able to run them.</param>
    /// <param name="failed">Gets one entry for each way that failed.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The programs; null when no way led there.</returns>
    public static async Task<PostgresBinaries?> FindAsync(
        PostgresServerOptions options, ServerUser user, List<UnavailableWay> failed, CancellationToken cancellationToken)
    {
        var cache = PostgresCache.At(options.CacheDirectory);
        var configured = new ConfiguredBinaries(options.InstallationDirectory);
        var key = (options.Major, cache.Folder, configured.Setting(options.Major));
        if (Known.TryGetValue(key, out var known))
        {
            return known;
        }

        IBinariesSource[] sources = key.Item3 is not null
            ? [configured]
            : [configured, new CachedBinaries(cache), new PackagedBinaries(cache), new InstalledBinaries()];
        foreach (var source in sources)
        {
            var answer = await source.FindAsync(options.Major, cancellationToken);
            var reasons = answer.Folders.Count == 0 ? new List<string> { answer.Reason } : [];
            foreach (var folder in answer.Folders)
            {
                var (binaries, reason) = await PostgresBinaries.VerifyAsync(folder, options.Major, user, cancellationToken);
                if (binaries is not null)
                {
                    return Known.GetOrAdd(key, binaries);
                }

                reasons.Add(reason);
            }

            failed.Add(new UnavailableWay(source.Way, string.Join("; ", reasons), source.Remedy(options.Major)));
        }

        return null;
    }
}
