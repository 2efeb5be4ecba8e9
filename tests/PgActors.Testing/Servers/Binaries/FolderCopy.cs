namespace PgActors.Testing;

/// <summary>Copies a data folder, also while its server runs.</summary>
internal static class FolderCopy
{
    /// <summary>Copies files and folders with their permissions and gives them to the servers' user.</summary>
    /// <param name="source">The folder to copy.</param>
    /// <param name="target">The folder to make.</param>
    /// <param name="owner">The user who gets it.</param>
    /// <param name="isWanted">
    /// Told each file's and folder's path relative to the source; false leaves it out. A file that vanishes meanwhile is left out too.
    /// </param>
    public static void Copy(string source, string target, ServerUser owner, Func<string, bool>? isWanted = null) =>
        Copy(new DirectoryInfo(source), target, source, owner, isWanted ?? (_ => true));

    private static void Copy(DirectoryInfo source, string target, string root, ServerUser owner, Func<string, bool> isWanted)
    {
        Directory.CreateDirectory(target);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(target, source.UnixFileMode);
        }

        owner.Own(target);
        foreach (var entry in source.EnumerateFileSystemInfos())
        {
            if (!isWanted(Path.GetRelativePath(root, entry.FullName)))
            {
                continue;
            }

            var path = Path.Combine(target, entry.Name);
            if (entry is DirectoryInfo folder)
            {
                Copy(folder, path, root, owner, isWanted);
            }
            else if (TryCopy(entry.FullName, path))
            {
                owner.Own(path);
            }
        }
    }

    private static bool TryCopy(string source, string target)
    {
        try
        {
            File.Copy(source, target);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }
}
