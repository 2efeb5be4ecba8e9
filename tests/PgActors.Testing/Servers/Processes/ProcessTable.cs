using System.Globalization;

namespace PgActors.Testing;

/// <summary>Looks at other processes: who lives, and who is whose child. Not to be used on Windows.</summary>
internal static class ProcessTable
{
    private static readonly TimeSpan ListingLimit = TimeSpan.FromSeconds(10);

    /// <summary>True while the process runs. A process that has ended and that its parent has not looked at yet counts as gone.</summary>
    public static bool IsAlive(int processId)
    {
        if (OperatingSystem.IsLinux())
        {
            return ReadStatus(processId) is { State: not ('Z' or 'X') };
        }

        return PosixCalls.Signal(processId, 0);
    }

    /// <summary>The direct children of a process.</summary>
    public static async Task<IReadOnlyList<int>> ChildrenAsync(int processId, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsLinux())
        {
            return [.. Directory.EnumerateDirectories("/proc")
                .Select(Path.GetFileName)
                .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
                .Where(id => id > 0 && ReadStatus(id)?.Parent == processId)];
        }

        var listing = await ChildProcess.RunAsync(["ps", "-axo", "pid=,ppid="], ListingLimit, cancellationToken: cancellationToken);
        return [.. listing.Output.Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length == 2 && fields[1] == processId.ToString(CultureInfo.InvariantCulture))
            .Select(fields => int.Parse(fields[0], CultureInfo.InvariantCulture))];
    }

    // proc(5), /proc/PID/stat: "pid (name) state ppid …"; the name may itself hold blanks and parentheses.
    private static (char State, int Parent)? ReadStatus(int processId)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{processId}/stat");
            var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0][0], int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
