namespace PgActors.Connecting;

/// <summary>What libpq reads besides the connection text: the process's environment, its user, and files in the user's home.</summary>
internal static class ProcessSources
{
    // Debian and its kin build libpq with the first; a server built from source with defaults uses the second.
    private const string DebianSockets = "/var/run/postgresql";
    private const string PlainSockets = "/tmp";

    public static ConnectionSources Read() => new(
        Environment.GetEnvironmentVariable,
        ReadFile,
        Environment.UserName,
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        OperatingSystem.IsWindows())
    {
        DefaultSocketDirectory = Directory.Exists(DebianSockets) ? DebianSockets : PlainSockets,
    };

    private static FileText? ReadFile(string path)
    {
        try
        {
            if (!File.Exists(path))
                return null;
            var isPrivate = OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & OthersMay) == 0;
            return new FileText(File.ReadAllText(path), isPrivate);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private const UnixFileMode OthersMay =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
}
