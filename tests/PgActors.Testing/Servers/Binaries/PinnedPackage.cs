using System.Runtime.InteropServices;

namespace PgActors.Testing;

/// <summary>
/// The npm package that holds the server of a major version for this platform. Versions are pinned: tests mean one server.
/// </summary>
/// <param name="Name">The package's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Platform">The platform: linux-x64 …</param>
internal sealed record PinnedPackage(string Name, string Version, string Platform)
{
    private static readonly Dictionary<int, string> Versions = new()
    {
        [14] = "14.23.0-beta.17",
        [15] = "15.18.0-beta.17",
        [16] = "16.14.0-beta.17",
        [17] = "17.10.0-beta.17",
        [18] = "18.4.0-beta.17",
    };

    /// <summary>The name of its folder in a cache.</summary>
    public string FolderName => $"{Version}-{Platform}";

    /// <summary>The package, or null and why there is none.</summary>
    public static (PinnedPackage? Package, string Reason) For(int major)
    {
        if (!Versions.TryGetValue(major, out var version))
        {
            return (null, $"no package is pinned for PostgreSQL {major}");
        }

        if (RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal))
        {
            return (null, "the packages need glibc, and this system has musl");
        }

        var system = OperatingSystem.IsLinux() ? "linux"
            : OperatingSystem.IsMacOS() ? "darwin"
            : OperatingSystem.IsWindows() ? "windows"
            : null;
        var platform = (system, RuntimeInformation.OSArchitecture) switch
        {
            ("linux" or "darwin", Architecture.X64 or Architecture.Arm64) or ("windows", Architecture.X64) =>
                $"{system}-{(RuntimeInformation.OSArchitecture == Architecture.X64 ? "x64" : "arm64")}",
            _ => null,
        };
        return platform is null
            ? (null, $"there is no package for {RuntimeInformation.OSDescription} on {RuntimeInformation.OSArchitecture}")
            : (new PinnedPackage($"@embedded-postgres/{platform}", version, platform), "");
    }
}
