using System.Text;

namespace PgActors.Testing;

/// <summary>Reads a server's log while the server writes it.</summary>
internal static class ServerLog
{
    private const int TailBytes = 64 * 1024;

    /// <summary>The last 64 KiB of a log; empty when there is none yet.</summary>
    public static string ReadTail(string path) =>
        File.Exists(path) ? ReadFrom(path, Math.Max(0, new FileInfo(path).Length - TailBytes)) : "";

    /// <summary>What stands in a log from a position on; empty when there is none yet.</summary>
    public static string ReadFrom(string path, long position)
    {
        if (!File.Exists(path))
        {
            return "";
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Position = position;
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
