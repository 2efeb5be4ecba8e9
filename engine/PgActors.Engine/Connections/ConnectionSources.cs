namespace PgActors;

/// <summary>
/// Where connection options come from besides the text: the environment, files, the operating system's user. They are arguments, so that
/// parsing touches nothing itself and a test can supply its own. Immutable; the two functions are called on the thread that parses.
/// </summary>
/// <param name="Environment">Gives an environment variable's value, or null where it is not set.</param>
/// <param name="ReadFile">Gives a file's text, or null where the file does not exist or cannot be read. Null: files are never looked at,
/// and options that name one to be read while parsing (<c>service</c>, <c>servicefile</c>, <c>passfile</c>) are refused.</param>
/// <param name="OsUser">The operating system's user: the default of <c>user</c>. Empty if unknown.</param>
/// <param name="HomeDirectory">The user's home directory, for <c>.pgpass</c>, <c>.pg_service.conf</c> and <c>.postgresql/</c>. Empty if
/// there is none. Not used on Windows, where libpq looks below <c>%APPDATA%\postgresql</c>.</param>
/// <param name="IsWindows">Whether Windows' defaults apply: <c>localhost</c> in place of the socket directory, and its file names.</param>
public sealed record ConnectionSources(
    Func<string, string?> Environment, Func<string, FileText?>? ReadFile, string OsUser, string HomeDirectory, bool IsWindows)
{
    /// <summary>Nothing besides the text: no environment, no files, no user; the default host is <c>localhost</c>.</summary>
    public static ConnectionSources None { get; } = new(_ => null, null, "", "", IsWindows: true);

    /// <summary>
    /// The directory of the server's Unix socket when no host is given, and the one that the password file calls <c>localhost</c>. The
    /// default is <c>/var/run/postgresql</c>, as Debian, Red Hat and the official container image have it; servers built from source
    /// without changes use <c>/tmp</c>. Not used on Windows.
    /// </summary>
    public string DefaultSocketDirectory { get; init; } = "/var/run/postgresql";

    /// <summary>
    /// The keywords that the text itself may use, or null for all. Give a list when the text comes from someone who must not choose
    /// files, TLS policy or limits: an option outside it is refused. A URI's own parts count as <c>user</c>, <c>password</c>,
    /// <c>host</c>, <c>port</c> and <c>dbname</c>. The environment and the service file are not restricted.
    /// </summary>
    public IReadOnlySet<string>? AllowedKeywords { get; init; }

    /// <summary>The host to use when none is given.</summary>
    internal string DefaultHost => IsWindows ? "localhost" : DefaultSocketDirectory;

    /// <summary>The path of one of libpq's files in its per-user place, or null where there is no such place.</summary>
    /// <param name="unixName">Its name below the home directory.</param>
    /// <param name="windowsName">Its name below <c>%APPDATA%\postgresql</c>.</param>
    /// <returns>The path.</returns>
    internal string? UserFile(string unixName, string windowsName)
    {
        if (!IsWindows)
            return HomeDirectory.Length == 0 ? null : $"{HomeDirectory}/{unixName}";

        return Variable("APPDATA") is { } applicationData ? $@"{applicationData}\postgresql\{windowsName}" : null;
    }

    /// <summary>An environment variable that is set and not empty, or null.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its value.</returns>
    internal string? Variable(string name) => Environment(name) is { Length: > 0 } value ? value : null;
}
