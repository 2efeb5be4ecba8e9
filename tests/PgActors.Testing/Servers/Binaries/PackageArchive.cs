using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace PgActors.Testing;

/// <summary>Unpacks an npm archive of a server and restores what npm does not carry: its symbolic links.</summary>
internal static class PackageArchive
{
    private const UnixFileMode ReadableByAll =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode RunnableByAll = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The file, relative to the package, that lists the links.</summary>
    private const string LinkList = "native/pg-symlinks.json";

    /// <summary>Unpacks an archive; everything becomes readable by every user, executables stay executable.</summary>
    /// <param name="archive">The path of the .tgz file.</param>
    /// <param name="folder">The folder that becomes the package's root; the archive's own first folder is left out.</param>
    /// <param name="cancellationToken">Ends the work half-way.</param>
    /// <exception cref="InvalidDataException">A damaged archive, or one with a path that leads out of the folder.</exception>
    public static async Task UnpackAsync(string archive, string folder, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(archive);
        await using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        await using var tar = new TarReader(unzipped);
        while (await tar.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
            {
                continue;
            }

            var slash = entry.Name.IndexOf('/', StringComparison.Ordinal);
            var path = Inside(folder, entry.Name[(slash + 1)..]);
            CreateFolders(folder, Path.GetDirectoryName(path)!);
            await entry.ExtractToFileAsync(path, overwrite: true, cancellationToken);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, ReadableByAll | (entry.Mode.HasFlag(UnixFileMode.UserExecute) ? RunnableByAll : 0));
            }
        }

        await RestoreLinksAsync(folder, cancellationToken);
    }

    private static async Task RestoreLinksAsync(string folder, CancellationToken cancellationToken)
    {
        var list = Path.Combine(folder, LinkList);
        if (!File.Exists(list))
        {
            return;
        }

        // [{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}, …]: target is the link to be made.
        await using var stream = File.OpenRead(list);
        using var document = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
        foreach (var link in document.RootElement.EnumerateArray())
        {
            var source = Inside(folder, link.GetProperty("source").GetString()!);
            var target = Inside(folder, link.GetProperty("target").GetString()!);
            if (Path.Exists(target))
            {
                continue;
            }

            if (OperatingSystem.IsWindows())
            {
                // Making a link needs a right there that few accounts have.
                File.Copy(source, target);
            }
            else
            {
                File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
            }
        }
    }

    private static string Inside(string folder, string relative)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(Path.Combine(root, relative));
        return path.StartsWith(root, StringComparison.Ordinal)
            ? path
            : throw new InvalidDataException($"The archive names '{relative}', which leads out of the package.");
    }

    private static void CreateFolders(string root, string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        if (folder.Length > root.Length)
        {
            CreateFolders(root, Path.GetDirectoryName(folder)!);
        }

        RunFolder.CreatePassable(folder);
    }
}
