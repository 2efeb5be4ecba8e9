namespace PgActors.Sessions;

/// <summary>Knows the errors by which a server says that a prepared statement is no longer what it was.</summary>
internal static class StaleStatement
{
    /// <summary>Whether the server refused a statement's plan before it ran anything: the table changed, so that the result would have other
    /// columns than those described (0A000, <c>RevalidateCachedQuery</c> in plancache.c), or somebody deallocated the statement (26000,
    /// <c>FetchPreparedStatement</c> in prepare.c), or, behind a pooler, somebody else's has the name (42P05). An error with a context comes
    /// from inside a function, and is the function's.</summary>
    /// <param name="error">The error.</param>
    /// <param name="wasReused">Whether the command relied on what the session had prepared; otherwise it was preparing it.</param>
    public static bool IsReasonOf(PgError? error, bool wasReused) => error is { Where: null } && error.SqlState switch
    {
        SqlStates.FeatureNotSupported => wasReused && error.Routine == "RevalidateCachedQuery",
        SqlStates.InvalidSqlStatementName => wasReused,
        SqlStates.DuplicatePreparedStatement => !wasReused,
        _ => false,
    };
}
