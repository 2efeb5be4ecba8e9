using PgActors.Protocol;

namespace PgActors.Sessions;

/// <summary>The cheapest way to make a session as it was when it began.</summary>
public static class SessionReset
{
    // In this order: a transaction must end first, and the role come back before the settings do. Each is a part of what DISCARD ALL does
    // (PostgreSQL documentation, DISCARD); all of DISCARD ALL would also drop the statements that the session keeps prepared.
    private static readonly (SessionTraces Trace, string Sql)[] Parts =
    [
        (SessionTraces.Cursors, "CLOSE ALL"),
        (SessionTraces.Settings, "SET SESSION AUTHORIZATION DEFAULT;RESET ALL"),
        (SessionTraces.Channels, "UNLISTEN *"),
        (SessionTraces.AdvisoryLocks, "SELECT pg_advisory_unlock_all()"),
        (SessionTraces.TemporaryObjects, "DISCARD TEMP"),
        (SessionTraces.Statements, "DEALLOCATE ALL"),
    ];

    /// <summary>The statements, as the text of one Query.</summary>
    /// <param name="traces">What may have been left behind.</param>
    /// <param name="status">What the last ReadyForQuery said.</param>
    /// <returns><see langword="null"/> if nothing is to be done.</returns>
    public static string? TextFor(SessionTraces traces, TransactionStatus status) =>
        traces == SessionTraces.None && status == TransactionStatus.Idle ? null : Join(traces, status);

    /// <summary>Whether no statement frees a session of these: its connection has to end.</summary>
    public static bool IsImpossible(SessionTraces traces) => (traces & SessionTraces.Libraries) != 0;

    // Most who were lent a session leave nothing, and for them not even the closure below is made.
    private static string? Join(SessionTraces traces, TransactionStatus status)
    {
        var parts = Parts.Where(part => traces.HasFlag(part.Trace)).Select(part => part.Sql);
        if (status != TransactionStatus.Idle)
            parts = parts.Prepend("ROLLBACK");
        var text = string.Join(';', parts);
        return text.Length > 0 ? text : null;
    }
}
