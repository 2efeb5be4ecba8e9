namespace PgActors.Routing;

/// <summary>Who took an exclusive session: a place in the program, or the statement that needed it. Never holds a value.</summary>
/// <param name="Member">The method that asked, or <see langword="null"/>.</param>
/// <param name="File">Its source file, or <see langword="null"/>.</param>
/// <param name="Line">The line in <paramref name="File"/>.</param>
/// <param name="Statement">The statement that the session was taken for, or <see langword="null"/>.</param>
public readonly record struct LeaseHolder(string? Member, string? File, int Line, string? Statement)
{
    // Enough to know a statement by.
    private const int MaxStatement = 120;

    /// <summary>A statement that needs a session of its own.</summary>
    public static LeaseHolder For(string statement) => new(null, null, 0, statement);

    /// <summary>The place, or the statement, in one line.</summary>
    public override string ToString()
    {
        if (Statement is { } statement)
            return statement.Length > MaxStatement ? $"{statement.AsSpan(0, MaxStatement)}…" : statement;
        var file = Path.GetFileName(File);
        return string.IsNullOrEmpty(file) ? Member ?? "unknown" : $"{Member} ({file}:{Line})";
    }
}
