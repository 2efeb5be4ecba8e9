namespace PgActors.Testing;

/// <summary>
/// A PostgreSQL that is installed on this machine: Debian's and Red Hat's places, Homebrew's, Windows' and what pg_config says.
/// </summary>
internal sealed class InstalledBinaries : IBinariesSource
{
    private static readonly TimeSpan ConfigLimit = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public string Way => "an installed PostgreSQL";

    /// <inheritdoc/>
    public string Remedy(int major) =>
        $"install PostgreSQL {major} (Debian: apt-get install postgresql-{major}; macOS: brew install postgresql@{major})";

    /// <inheritdoc/>
    public async Task<BinariesAnswer> FindAsync(int major, CancellationToken cancellationToken)
    {
        List<string> places =
        [
            $"/usr/lib/postgresql/{major}/bin",
            $"/usr/pgsql-{major}/bin",
            $"/opt/homebrew/opt/postgresql@{major}/bin",
            $"/usr/local/opt/postgresql@{major}/bin",
            $"/Applications/Postgres.app/Contents/Versions/{major}/bin",
            $@"C:\Program Files\PostgreSQL\{major}\bin",
        ];
        var present = places.Where(Directory.Exists).ToList();
        var config = await ChildProcess.RunAsync(["pg_config", "--bindir", "--version"], ConfigLimit, cancellationToken: cancellationToken);
        var lines = config.Output.Split('\n', StringSplitOptions.TrimEntries);
        if (config.Succeeded && lines.Length > 1 && lines[1].StartsWith($"PostgreSQL {major}", StringComparison.Ordinal))
        {
            present.Add(lines[0]);
        }

        var said = config.Succeeded ? $"pg_config is of '{lines.ElementAtOrDefault(1)}'" : $"pg_config: {config.Describe()}";
        var looked = places.Where(place => OperatingSystem.IsWindows() == place.Contains('\\'));
        return present.Count > 0
            ? BinariesAnswer.Found(present)
            : BinariesAnswer.None($"none of {string.Join(", ", looked)} exists; {said}");
    }
}
