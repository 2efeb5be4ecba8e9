namespace PgActors.Sessions;

/// <summary>Knows the errors by which a server says that a prepared statement is no longer what it was.</summary>
internal static class StaleStatement
{
    /// <summary>Whether the server refused a statement's plan before it ran anything: the table changed, so that the result would have other
    /// columns than those described (0A000, <c>RevalidateCachedQuery</c> in plancache.c), or somebody deallocated the statement (26000,
    /// <c>FetchPreparedStatement</c> in prepare.c). An error with a context comes from inside a function, and is the function's.</summary>
    public static bool IsReasonOf(PgError? error) => error is { Where: null } && error.SqlState switch
    {
        SqlStates.FeatureNotSupported => error.Routine == "RevalidateCachedQuery",
        SqlStates.InvalidSqlStatementName => true,
        _ => false,
    };
}
