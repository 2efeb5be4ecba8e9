namespace PgActors;

/// <summary>
/// What a server said in an ErrorResponse or NoticeResponse: all eighteen fields (PostgreSQL documentation, "Error and Notice Message
/// Fields"). A field that the server did not send is <see langword="null"/>; none is promised, since poolers and forks leave some out.
/// </summary>
public sealed record PgError
{
    /// <summary>Severity in the server's language (field S), such as ERROR or FEHLER.</summary>
    public string? LocalizedSeverity { get; init; }

    /// <summary>Severity, never translated (field V, since 9.6): ERROR, FATAL, PANIC, or WARNING, NOTICE, DEBUG, INFO, LOG.</summary>
    public string? Severity { get; init; }

    /// <summary>The five-character SQLSTATE (field C); the names are in <c>SqlStates</c>.</summary>
    public string? SqlState { get; init; }

    /// <summary>The primary message (field M).</summary>
    public string? Message { get; init; }

    /// <summary>More about the problem (field D). May hold row data.</summary>
    public string? Detail { get; init; }

    /// <summary>What to do about it (field H).</summary>
    public string? Hint { get; init; }

    /// <summary>Where in the submitted text the error lies: 1-based, counted in characters (field P).</summary>
    public int? Position { get; init; }

    /// <summary>Where in <see cref="InternalQuery"/> the error lies (field p).</summary>
    public int? InternalPosition { get; init; }

    /// <summary>The statement that the server made itself and that failed (field q).</summary>
    public string? InternalQuery { get; init; }

    /// <summary>The call stack of the error, newest first, one entry a line (field W).</summary>
    public string? Where { get; init; }

    /// <summary>The schema concerned (field s).</summary>
    public string? SchemaName { get; init; }

    /// <summary>The table concerned (field t).</summary>
    public string? TableName { get; init; }

    /// <summary>The column concerned (field c).</summary>
    public string? ColumnName { get; init; }

    /// <summary>The data type concerned (field d).</summary>
    public string? DataTypeName { get; init; }

    /// <summary>The constraint concerned (field n).</summary>
    public string? ConstraintName { get; init; }

    /// <summary>The server's source file that reported it (field F).</summary>
    public string? File { get; init; }

    /// <summary>The line in <see cref="File"/> (field L).</summary>
    public string? Line { get; init; }

    /// <summary>The server's routine that reported it (field R).</summary>
    public string? Routine { get; init; }

    /// <summary>Whether the server ends the session after this. Decided by the severity, never by the SQLSTATE: 57014, 08P01 and 40001
    /// come as both ERROR and FATAL.</summary>
    public bool IsFatal => (Severity ?? LocalizedSeverity) is "FATAL" or "PANIC";

    /// <summary>Severity, SQLSTATE and message in one line.</summary>
    public override string ToString() => $"{Severity ?? LocalizedSeverity ?? "ERROR"} {SqlState ?? "?????"}: {Message}";
}
