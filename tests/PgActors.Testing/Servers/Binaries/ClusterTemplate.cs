using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PgActors.Testing;

/// <summary>
/// Data folders as initdb leaves them, made once for each build of PostgreSQL and then copied, which takes a tenth of the time.
/// </summary>
internal static class ClusterTemplate
{
    /// <summary>The name of the file, beside postgresql.conf, that holds a server's own settings.</summary>
    public const string SettingsFile = "pgactors.conf";

    /// <summary>The superuser whom the launcher itself connects as; always trusted on the Unix-domain socket.</summary>
    public const string ConsoleUser = "pgactors_console";

    /// <summary>The superuser of the tests.</summary>
    public const string SuperUser = "postgres";

    // Part of the cached folder's name: to be raised when what CreateAsync makes changes.
    private const int Revision = 1;

    private static readonly TimeSpan InitDbLimit = TimeSpan.FromMinutes(2);

    /// <summary>Gives a server its data folder: a copy of the template, which is made when the cache has none.</summary>
    public static async Task CopyToAsync(
        PostgresBinaries binaries, PostgresCache cache, ServerUser user, string folder, CancellationToken cancellationToken)
    {
        string template;
        try
        {
            template = await FindAsync(binaries, cache, user, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A cache that somebody else filled and that we cannot write: slower, and no reason to fail.
            await CreateAsync(binaries, user, folder, [], cancellationToken);
            return;
        }

        FolderCopy.Copy(template, folder, user);
    }

    /// <summary>Makes a data folder with initdb: superuser postgres, UTF8, locale C.UTF-8 where there is one, else C.</summary>
    /// <exception cref="PostgresServerException">initdb failed.</exception>
    public static async Task CreateAsync(
        PostgresBinaries binaries, ServerUser user, string folder, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var outcome = await InitDbAsync("C.UTF-8");
        if (!outcome.Succeeded && outcome.Errors.Contains("locale", StringComparison.OrdinalIgnoreCase))
        {
            outcome = await InitDbAsync("C");
        }

        if (!outcome.Succeeded)
        {
            throw new PostgresServerException($"initdb of PostgreSQL {binaries.Version} failed: {outcome.Describe()}");
        }

        await File.AppendAllTextAsync(
            Path.Combine(folder, "postgresql.conf"), $"\ninclude_if_exists = '{SettingsFile}'\n", cancellationToken);
        await SingleUserSession.RunAsync(
            binaries, user, folder, [$"CREATE ROLE {ConsoleUser} SUPERUSER REPLICATION LOGIN"], cancellationToken);

        Task<ProcessOutcome> InitDbAsync(string locale) => user.RunAsync(
            [
                binaries.Program("initdb"), "-D", folder, "-U", SuperUser, "-A", "trust", "-E", "UTF8", $"--locale={locale}", "--no-sync",
                .. arguments,
            ],
            InitDbLimit,
            cancellationToken: cancellationToken);
    }

    private static async Task<string> FindAsync(
        PostgresBinaries binaries, PostgresCache cache, ServerUser user, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(cache.Folder, "clusters", Name(binaries, user));
        if (Directory.Exists(folder))
        {
            return folder;
        }

        using var held = await cache.LockAsync(cancellationToken);
        if (!Directory.Exists(folder))
        {
            var work = cache.NewWork();
            user.Own(work);
            var data = Path.Combine(work, "data");
            await CreateAsync(binaries, user, data, [], cancellationToken);
            RunFolder.CreatePassable(Path.GetDirectoryName(folder)!);
            Directory.Move(data, folder);
            Directory.Delete(work, recursive: true);
        }

        return folder;
    }

    // Two builds of one version (a distribution's and a package's) differ in locales and in what they can read.
    private static string Name(PostgresBinaries binaries, ServerUser user)
    {
        var server = new FileInfo(binaries.Program("postgres"));
        var identity = string.Create(
            CultureInfo.InvariantCulture, $"{Revision} {user.Name} {server.FullName} {server.Length} {server.LastWriteTimeUtc.Ticks}");
        return $"{binaries.Version}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..16]}";
    }
}
