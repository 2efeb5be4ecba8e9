using System.Globalization;

namespace PgActors.Testing;

/// <summary>
/// Where the servers of one process live while they run: a short path that the servers' user can reach, under a <see cref="Watchdog"/>.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    // sockaddr_un holds 104 bytes on Darwin and 108 on Linux, the ending zero included: room for "/pga-xxxxxxxx/999/.s.PGSQL.65535".
    private const int LongestParent = 60;

    private const UnixFileMode Passable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private static readonly SemaphoreSlim Creating = new(1);
    private static RunFolder? _current;

    private readonly Watchdog _watchdog;
    private int _lastServer;

    private RunFolder(string path, Watchdog watchdog)
    {
        Root = path;
        _watchdog = watchdog;
    }

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>This process's folder, made at the first call and removed by its watchdog when the process has ended.</summary>
    public static async Task<RunFolder> CurrentAsync(CancellationToken cancellationToken)
    {
        await Creating.WaitAsync(cancellationToken);
        try
        {
            return _current ??= await CreateAsync(cancellationToken);
        }
        finally
        {
            Creating.Release();
        }
    }

    /// <summary>A folder of one's own, with its own watchdog.</summary>
    public static async Task<RunFolder> CreateAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(Parent(), "pga-" + Path.GetRandomFileName()[..8]);
        CreatePassable(path);
        return new RunFolder(path, await Watchdog.StartAsync(path, cancellationToken));
    }

    /// <summary>A new folder for one server.</summary>
    public string NewServer()
    {
        var path = Path.Combine(Root, Interlocked.Increment(ref _lastServer).ToString(CultureInfo.InvariantCulture));
        CreatePassable(path);
        return path;
    }

    /// <summary>Makes a folder that every user may enter, whatever the umask; one that exists stays as it is.</summary>
    public static void CreatePassable(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, Passable);
        }
    }

    /// <summary>Lets the watchdog stop what still runs here and remove the folder.</summary>
    public void Dispose() => _watchdog.Dispose();

    private static string Parent()
    {
        var temporary = Path.TrimEndingDirectorySeparator(Path.GetTempPath());

        // root's own temporary folder may be closed to the user whom its servers run as.
        var usual = OperatingSystem.IsWindows() || (!Environment.IsPrivilegedProcess && temporary.Length <= LongestParent);
        return usual ? temporary : "/tmp";
    }
}
