using System.Reflection;

namespace PgActors.Testing;

/// <summary>
/// The approved public surface of an assembly, kept as a text file beside its project. A test compares it with the surface as it is, so
/// that no change of it goes unseen in a review.
/// </summary>
public static class PublicApiFile
{
    /// <summary>The environment variable that, set to 1, makes <see cref="Check"/> rewrite the file instead of comparing with it.</summary>
    public const string AcceptVariable = "PGACTORS_ACCEPT_API";

    private const string FileName = "PublicAPI.txt";

    /// <summary>Compares an assembly's public surface with its file.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="project">Its project's folder, from the folder that holds the solution.</param>
    /// <param name="solution">The solution's file name; its folder is searched upwards from the running program.</param>
    /// <returns>Null if they agree; else the lines that differ and how to accept them.</returns>
    /// <exception cref="DirectoryNotFoundException">No folder above the program holds the solution.</exception>
    public static string? Check(Assembly assembly, string project, string solution)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        var path = Path.Combine(FolderOf(solution), project, FileName);
        var actual = PublicApiText.Of(assembly);
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            File.WriteAllText(path, string.Join('\n', actual) + "\n");
            return null;
        }

        var approved = File.Exists(path) ? File.ReadAllLines(path) : [];
        return approved.SequenceEqual(actual, StringComparer.Ordinal) ? null : Describe(approved, actual, $"{project}/{FileName}");
    }

    private static string Describe(string[] approved, IReadOnlyList<string> actual, string file)
    {
        var differences = LineDifference.Between(approved, actual).ToArray();
        return $"""
            The public surface differs from {file} (- approved, + now):
            {string.Join('\n', differences.Length == 0 ? ["(the same lines in another order, or other line ends)"] : differences)}
            If the change is meant, run the test once with {AcceptVariable}=1 and commit the file.
            """;
    }

    private static string FolderOf(string solution)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, solution)))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds {solution}.");
    }
}
