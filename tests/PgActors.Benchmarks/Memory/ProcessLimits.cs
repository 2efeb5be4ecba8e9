using System.Globalization;

namespace PgActors.Benchmarks.Memory;

/// <summary>What the system lets one process have.</summary>
internal static class ProcessLimits
{
    private const string FilesLine = "Max open files";

    /// <summary>How many files and sockets it may have open (proc(5), /proc/self/limits); null where that is unknown or without limit.</summary>
    public static int? OpenFiles()
    {
        if (!OperatingSystem.IsLinux())
            return null;

        // "Max open files            1024                 4096                 files": the soft and the hard limit. The runtime raises the
        // first to the second when it starts.
        var line = File.ReadLines("/proc/self/limits").FirstOrDefault(line => line.StartsWith(FilesLine, StringComparison.Ordinal));
        var words = line?[FilesLine.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [_, var hard, ..] && int.TryParse(hard, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }
}
