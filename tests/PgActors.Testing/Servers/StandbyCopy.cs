namespace PgActors.Testing;

/// <summary>
/// Copies the data folder of a running server for a standby: "Making a Non-Exclusive Low-Level Backup", PostgreSQL documentation. The
/// WAL is copied too, so the standby is consistent before it streams. Tablespaces outside the data folder are not followed.
/// </summary>
internal static class StandbyCopy
{
    // What pg_basebackup leaves out: state of the running server, and slots, which a standby must not hold for others.
    private static readonly string[] LeftOutFolders =
        ["pg_dynshmem", "pg_notify", "pg_replslot", "pg_serial", "pg_snapshots", "pg_stat_tmp", "pg_subtrans"];

    private static readonly string[] LeftOutFiles =
        ["postmaster.pid", "postmaster.opts", "pg_internal.init", "backup_label", "backup_label.old", "standby.signal", "recovery.signal"];

    /// <summary>Copies, and returns the text of the copy's backup_label.</summary>
    public static async Task<string> CopyAsync(LocalServer primary, string target, ServerUser user, CancellationToken cancellationToken)
    {
        await using var console = await ServerConsole.ConnectAsync(
            primary.ConsoleEndPoint, ClusterTemplate.ConsoleUser, ClusterTemplate.SuperUser, cancellationToken);

        // Renamed in 15. The backup belongs to the session: the console stays open until it is done.
        var renamed = primary.Version.Major >= 15;
        await console.QueryAsync(
            renamed ? "SELECT pg_backup_start('standby', true)" : "SELECT pg_start_backup('standby', true, false)", cancellationToken);
        FolderCopy.Copy(primary.DataDirectory, target, user, IsWanted);
        var rows = await console.QueryAsync(
            renamed ? "SELECT labelfile FROM pg_backup_stop(false)" : "SELECT labelfile FROM pg_stop_backup(false, false)",
            cancellationToken);
        return rows[0][0]!;
    }

    private static bool IsWanted(string path)
    {
        var steps = path.Split(Path.DirectorySeparatorChar);
        return !(steps.Length > 1 && LeftOutFolders.Contains(steps[0])) && !LeftOutFiles.Contains(steps[^1])
            && !steps[^1].StartsWith("pgsql_tmp", StringComparison.Ordinal);
    }
}
