using System.Text;
using System.Text.RegularExpressions;

namespace PgActors.Testing;

/// <summary>
/// Runs SQL on a data folder whose server does not run, in the server's single-user mode ("postgres", PostgreSQL documentation).
/// </summary>
internal static partial class SingleUserSession
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Runs statements in the database postgres, each on its own, as a superuser.</summary>
    /// <exception cref="PostgresServerException">A statement failed; the message has the server's words.</exception>
    public static async Task RunAsync(
        PostgresBinaries binaries,
        ServerUser user,
        string dataFolder,
        IReadOnlyList<string> statements,
        CancellationToken cancellationToken)
    {
        var outcome = await user.RunAsync(
            [
                binaries.Program("postgres"), "--single", "-j", "-D", dataFolder,
                "-c", "exit_on_error=on", "-c", "log_min_messages=error", ClusterTemplate.SuperUser,
            ],
            Limit,
            Input(statements),
            cancellationToken);
        if (!outcome.Succeeded)
        {
            throw new PostgresServerException($"SQL in single-user mode failed: {outcome.Errors.Trim()}");
        }
    }

    /// <summary>What the single-user mode with -j must be given to run statements.</summary>
    public static string Input(IEnumerable<string> statements)
    {
        // With -j a statement ends at semicolon, newline, newline; without it at the first newline.
        var input = new StringBuilder();
        foreach (var statement in statements)
        {
            input.Append(EarlyEnd().Replace(statement.Trim().TrimEnd(';'), ";\n \n")).Append(";\n\n");
        }

        return input.ToString();
    }

    [GeneratedRegex(@";\r?\n\r?\n")]
    private static partial Regex EarlyEnd();
}
