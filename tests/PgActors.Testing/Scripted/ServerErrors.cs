namespace PgActors.Testing;

/// <summary>Errors as a server words them.</summary>
internal static class ServerErrors
{
    public static PgError Error(string sqlState, string message, int? position = null) => Make("ERROR", sqlState, message) with
    {
        Position = position,
    };

    public static PgError Fatal(string sqlState, string message) => Make("FATAL", sqlState, message);

    public static PgError Warning(string sqlState, string message) => Make("WARNING", sqlState, message);

    public static PgError Notice(string message) => Make("NOTICE", SqlStates.SuccessfulCompletion, message);

    private static PgError Make(string severity, string sqlState, string message)
        => new() { LocalizedSeverity = severity, Severity = severity, SqlState = sqlState, Message = message };
}
