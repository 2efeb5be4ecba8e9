using System.Diagnostics;
using System.Text;
using PgActors.Testing;

namespace PgActors.Integration.Tests.Types;

/// <summary>PostgreSQL's own client, <c>psql</c> (PostgreSQL 18 documentation, reference "psql").</summary>
internal static class PsqlProgram
{
    private static readonly string[] Places = ["/usr/bin/psql", "/usr/local/bin/psql"];

    private static string? Path => Array.Find(Places, File.Exists);

    /// <summary>Skips the test where there is none.</summary>
    public static void SkipIfMissing() =>
        Assert.SkipWhen(Path is null, $"psql is in none of {string.Join(", ", Places)}: Debian's package is postgresql-client.");

    /// <summary>What it prints of a statement with one column: a text for each row.</summary>
    public static async Task<string[]> PrintAsync(PostgresServer server, string sql, CancellationToken cancellationToken)
    {
        // Without a user's settings, unaligned, rows only, and each of them ended by what no text of the server can hold.
        var start = new ProcessStartInfo(
            Path!, ["--no-psqlrc", "--no-align", "--tuples-only", "--record-separator-zero", "--command", sql, server.ConnectionUri()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            Environment = { ["PGCLIENTENCODING"] = "UTF8" },
        };
        using var psql = Process.Start(start)!;
        var (output, errors) = (psql.StandardOutput.ReadToEndAsync(cancellationToken), psql.StandardError.ReadToEndAsync(cancellationToken));
        await psql.WaitForExitAsync(cancellationToken);
        Assert.Equal(("", 0), (await errors, psql.ExitCode));
        return (await output).Split('\0')[..^1];
    }
}
