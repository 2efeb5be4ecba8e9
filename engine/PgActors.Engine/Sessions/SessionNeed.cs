namespace PgActors.Sessions;

/// <summary>Why a statement cannot run on a session that others share: what it leaves behind there, or needs there.</summary>
public enum SessionNeed : byte
{
    /// <summary>Nothing: it can be shared, as far as its text shows.</summary>
    None,

    /// <summary>It begins, ends or divides a transaction.</summary>
    Transaction,

    /// <summary>It changes settings, prepared statements, cursors or subscriptions of the session, also by <c>set_config(…, false)</c>.</summary>
    SessionState,

    /// <summary>It creates or uses a temporary table, view or sequence, which lives as long as the session.</summary>
    TemporaryObject,

    /// <summary>It takes or gives back an advisory lock of the session (<c>pg_advisory_lock</c> and its kin).</summary>
    AdvisoryLock,

    /// <summary>COPY: it turns the connection round.</summary>
    Copy,

    /// <summary>It is several statements in one text.</summary>
    SeveralStatements,
}
