namespace PgActors.Testing;

/// <summary>A folder that somebody named, by <see cref="PostgresServerOptions.InstallationDirectory"/> or in the environment.</summary>
internal sealed class ConfiguredBinaries(string? optionFolder) : IBinariesSource
{
    /// <inheritdoc/>
    public string Way => "an explicit setting";

    /// <summary>The environment variable that names the folder for a major version.</summary>
    public static string Variable(int major) => $"PGACTORS_POSTGRES_{major}";

    /// <summary>The named folder, or null. When there is one, no other way is tried: a wrong setting must not hide.</summary>
    public string? Setting(int major) =>
        optionFolder ?? (Environment.GetEnvironmentVariable(Variable(major)) is { Length: > 0 } folder ? folder : null);

    /// <inheritdoc/>
    public string Remedy(int major) => $"set {Variable(major)} to the folder of a PostgreSQL {major} that has the folder 'bin' in it";

    /// <inheritdoc/>
    public Task<BinariesAnswer> FindAsync(int major, CancellationToken cancellationToken)
    {
        var folder = Setting(major);
        return Task.FromResult(folder is null
            ? BinariesAnswer.None($"{Variable(major)} is not set")
            : BinariesAnswer.Found(Path.Combine(Path.GetFullPath(folder), "bin")));
    }
}
