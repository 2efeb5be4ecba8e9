namespace PgActors.Sessions;

/// <summary>What a statement begins with, as far as a session must know it before sending it.</summary>
public enum StatementVerb : byte
{
    /// <summary>Anything not listed.</summary>
    Other,

    /// <summary>SELECT, INSERT, UPDATE, DELETE, MERGE, VALUES, TABLE, WITH: undone with its transaction.</summary>
    Data,

    /// <summary>BEGIN, START, COMMIT, END, ROLLBACK, ABORT, SAVEPOINT, RELEASE, PREPARE TRANSACTION: begins or ends a
    /// transaction.</summary>
    Transaction,

    /// <summary>SET, RESET, LISTEN, UNLISTEN, DISCARD, PREPARE, DEALLOCATE, DECLARE, LOAD: changes the session.</summary>
    Session,

    /// <summary>COPY: turns the connection round.</summary>
    Copy,
}
