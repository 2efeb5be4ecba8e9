using System.Globalization;

namespace PgActors.Benchmarks.Measuring;

/// <summary>Processor time of a PostgreSQL server and of the whole machine, from Linux' /proc (proc(5)); null elsewhere.</summary>
/// <param name="postmaster">The server's first process; null if it is not on this machine.</param>
internal sealed class ProcessorTimes(int? postmaster)
{
    // USER_HZ: fixed at 100 in Linux' interface to programs on every architecture that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Of the postmaster, its living children, and those that it has buried, in seconds.</summary>
    public double? Server()
    {
        if (postmaster is not { } parent || !OperatingSystem.IsLinux() || Fields(parent) is not { } own)
            return null;

        // utime, stime, and with the dead children cutime, cstime: fields 14 to 17.
        var ticks = own[11] + own[12] + own[13] + own[14];
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Fields(id) is { } child && child[1] == parent)
            {
                ticks += child[11] + child[12];
            }
        }

        return ticks / TicksPerSecond;
    }

    /// <summary>Of all processes, in seconds. Time in interrupts is left out, as it is counted to no process either.</summary>
    public static double? Machine()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        using var reader = new StreamReader("/proc/stat");
        var fields = reader.ReadLine()!.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        // "cpu user nice system idle …"
        return fields[1..4].Sum(field => double.Parse(field, CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    // "pid (name) state ppid …": counted from the state, which is no number; the name may hold blanks and parentheses.
    private static long[]? Fields(int processId)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{processId}/stat");
            var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            return [0, .. fields[1..15].Select(field => long.Parse(field, CultureInfo.InvariantCulture))];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
