namespace PgActors;

/// <content>What may be tried again.</content>
public static partial class SqlStates
{
    /// <summary>
    /// Whether the same work may succeed if it is tried again, later or on another connection, without anybody changing anything: conflicts
    /// between transactions, locks, exhausted resources, a server that starts, stops or cannot be reached, and lost sessions.
    /// </summary>
    /// <remarks>
    /// It says nothing of whether trying again is safe: that is the failure's <see cref="Outcome"/>. Not transient are those where the
    /// outcome is unknown (08007, 40003), where somebody wanted the end (57014), that only echo an earlier error (25P02), and those that
    /// need another step first: another host (25006), a new statement (26000, 42P05, and 0A000 after DDL).
    /// </remarks>
    /// <param name="sqlState">A SQLSTATE; <see langword="null"/>, unknown and malformed ones are not transient.</param>
    public static bool IsTransient(string? sqlState) => sqlState is
        SerializationFailure or DeadlockDetected
        or LockNotAvailable or ObjectInUse
        or InsufficientResources or DiskFull or OutOfMemory or TooManyConnections or ConfigurationLimitExceeded
        or CannotConnectNow or AdminShutdown or CrashShutdown or IdleSessionTimeout or IdleInTransactionSessionTimeout
        or SystemError or IoError
        or ConnectionException or SqlClientUnableToEstablishSqlConnection or ConnectionDoesNotExist
        or SqlServerRejectedEstablishmentOfSqlConnection or ConnectionFailure;
}
