using System.Text.RegularExpressions;

namespace PgActors.Testing;

/// <summary>The programs of one PostgreSQL that was seen to run on this machine.</summary>
/// <param name="BinDirectory">The folder with initdb, pg_ctl and postgres.</param>
/// <param name="Version">Its version: 18.4.</param>
internal sealed partial record PostgresBinaries(string BinDirectory, Version Version)
{
    private static readonly TimeSpan VersionLimit = TimeSpan.FromSeconds(20);

    /// <summary>The path of one of its programs.</summary>
    public string Program(string name) => ProgramIn(BinDirectory, name);

    /// <summary>Sees whether a folder holds a PostgreSQL of a major version that the servers' user can run.</summary>
    /// <returns>The programs, or null and the step that failed.</returns>
    public static async Task<(PostgresBinaries? Binaries, string Reason)> VerifyAsync(
        string binDirectory, int major, ServerUser user, CancellationToken cancellationToken)
    {
        foreach (var name in new[] { "initdb", "pg_ctl", "postgres" })
        {
            if (!File.Exists(ProgramIn(binDirectory, name)))
            {
                return (null, $"{ProgramIn(binDirectory, name)} does not exist");
            }
        }

        var outcome = await user.RunAsync(
            [ProgramIn(binDirectory, "postgres"), "--version"], VersionLimit, cancellationToken: cancellationToken);
        if (!outcome.Succeeded)
        {
            return (null, $"'{ProgramIn(binDirectory, "postgres")} --version' does not run as {user.Name}: {outcome.Describe()}");
        }

        // "postgres (PostgreSQL) 18.4", "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", "postgres (PostgreSQL) 19rc1"
        var match = VersionText().Match(outcome.Output);
        if (!match.Success)
        {
            return (null, $"'postgres --version' in {binDirectory} says '{outcome.Output.Trim()}', which names no version");
        }

        var minor = match.Groups["minor"].Success ? match.Groups["minor"].Value : "0";
        var version = Version.Parse($"{match.Groups["major"].Value}.{minor}");
        return version.Major == major
            ? (new PostgresBinaries(binDirectory, version), "")
            : (null, $"{binDirectory} holds PostgreSQL {version}, wanted is {major}");
    }

    private static string ProgramIn(string folder, string name) => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>\d{1,3})(\.(?<minor>\d{1,4}))?")]
    private static partial Regex VersionText();
}
