namespace PgActors.Testing;

/// <summary>
/// Folders where unpacked servers and ready-made data folders are kept between runs. One is written; others, filled by somebody else, are
/// only read.
/// </summary>
internal sealed class PostgresCache
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "PGACTORS_CACHE";

    // root's cache must be readable by the user whom its servers run as, and so can serve everybody.
    private const string SystemFolder = "/var/cache/pgactors";

    // An npm download of 24 MB on a slow line, done by whoever holds the lock.
    private static readonly TimeSpan LockLimit = TimeSpan.FromMinutes(10);

    private PostgresCache(string folder, IReadOnlyList<string> readable)
    {
        Folder = folder;
        Readable = readable;
    }

    /// <summary>The folder that is written.</summary>
    public string Folder { get; }

    /// <summary>The folders to look into, the written one first.</summary>
    public IReadOnlyList<string> Readable { get; }

    /// <summary>The cache at a folder, or where the environment and the platform's custom put it when null.</summary>
    public static PostgresCache At(string? folder)
    {
        var named = folder ?? NonEmpty(Environment.GetEnvironmentVariable(Variable));
        if (named is not null)
        {
            return new PostgresCache(Path.GetFullPath(named), [Path.GetFullPath(named)]);
        }

        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
        {
            return new PostgresCache(SystemFolder, [SystemFolder]);
        }

        var own = Path.Combine(OwnFolder(), "pgactors");
        return new PostgresCache(own, [own, SystemFolder]);
    }

    /// <summary>Takes the cache's lock against all other processes; the folder is made when it is not there.</summary>
    /// <exception cref="PostgresServerException">Another process held the lock for ten minutes.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public async Task<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        RunFolder.CreatePassable(Folder);
        var path = Path.Combine(Folder, "lock");
        FileStream? held = null;
        await Waiting.UntilAsync(
            () => (held = TryOpen(path)) is not null, LockLimit, $"another process lets go of {path}", cancellationToken);
        return held!;
    }

    /// <summary>A new folder inside the cache for work in progress. Only to be called by the holder of the lock.</summary>
    public string NewWork()
    {
        // Whoever left one behind was killed while holding the lock that we hold now.
        foreach (var left in Directory.EnumerateDirectories(Folder, "work-*"))
        {
            Directory.Delete(left, recursive: true);
        }

        var path = Path.Combine(Folder, "work-" + Path.GetRandomFileName()[..8]);
        RunFolder.CreatePassable(path);
        return path;
    }

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    private static string OwnFolder()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsWindows())
        {
            return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        }

        if (OperatingSystem.IsMacOS())
        {
            return Path.Combine(home, "Library", "Caches");
        }

        // XDG Base Directory Specification: relative paths are to be ignored.
        var xdg = NonEmpty(Environment.GetEnvironmentVariable("XDG_CACHE_HOME"));
        return xdg is not null && Path.IsPathRooted(xdg) ? xdg
            : home.Length > 0 && Directory.Exists(home) ? Path.Combine(home, ".cache")
            : Path.Combine(Path.GetTempPath(), "cache-" + Environment.UserName);
    }

    private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
