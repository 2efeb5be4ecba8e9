namespace PgActors.Testing;

/// <summary>What a source of binaries answers: folders to be verified, or why it has none.</summary>
/// <param name="Folders">Folders that may hold the programs, best first.</param>
/// <param name="Reason">When there is none: the step that failed and why.</param>
internal readonly record struct BinariesAnswer(IReadOnlyList<string> Folders, string Reason)
{
    /// <summary>Folders to be verified.</summary>
    public static BinariesAnswer Found(params IReadOnlyList<string> folders) => new(folders, "");

    /// <summary>None, and why.</summary>
    public static BinariesAnswer None(string reason) => new([], reason);
}
