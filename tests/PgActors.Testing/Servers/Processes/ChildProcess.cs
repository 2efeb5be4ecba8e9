using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace PgActors.Testing;

/// <summary>Runs a program to its end. A program that fails or is not there is an outcome, not an exception.</summary>
internal static class ChildProcess
{
    /// <summary>Runs a program.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="limit">After this time it is killed and the outcome says so.</param>
    /// <param name="input">What it reads from standard input; nothing when null.</param>
    /// <param name="workingDirectory">Where it runs; the root folder when null, since every user may be there.</param>
    /// <param name="cancellationToken">Kills it.</param>
    public static async Task<ProcessOutcome> RunAsync(
        IReadOnlyList<string> command,
        TimeSpan limit,
        string? input = null,
        string? workingDirectory = null,
        CancellationToken cancellationToken = default)
    {
        using var process = new Process { StartInfo = StartInfo(command, workingDirectory) };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return new ProcessOutcome(ProcessOutcome.NotStarted, "", $"{command[0]} could not be started: {e.Message}");
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ending.Token);
            var errors = process.StandardError.ReadToEndAsync(ending.Token);
            await WriteAsync(process, input, ending.Token);
            await process.WaitForExitAsync(ending.Token);
            return new ProcessOutcome(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            return new ProcessOutcome(-1, "", $"{string.Join(' ', command)} did not end within {limit.TotalSeconds:0} s and was killed");
        }
    }

    /// <summary>The start information all children share: no shell, all three streams ours, no PostgreSQL client variables.</summary>
    public static ProcessStartInfo StartInfo(IReadOnlyList<string> command, string? workingDirectory = null)
    {
        var info = new ProcessStartInfo(command[0])
        {
            WorkingDirectory = workingDirectory ?? Path.GetPathRoot(Environment.CurrentDirectory)!,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in command.Skip(1))
        {
            info.ArgumentList.Add(argument);
        }

        // PGPORT, PGDATA, PGOPTIONS … of whoever runs the tests would otherwise reach initdb, pg_ctl and the server.
        foreach (var name in info.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToArray())
        {
            info.Environment.Remove(name);
        }

        return info;
    }

    private static async Task WriteAsync(Process process, string? input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all of its input; its exit code says why.
        }
    }
}
