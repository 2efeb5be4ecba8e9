namespace PgActors.Sessions;

/// <summary>What a statement can leave behind although it failed.</summary>
public enum StatementSafety : byte
{
    /// <summary>Unknown, or able to commit on its way (CALL, DO, VACUUM, CREATE DATABASE, anything CONCURRENTLY, several statements in one
    /// Query): not even an error proves that nothing is left.</summary>
    MayCommit,

    /// <summary>COMMIT, SET, COPY, most DDL: an error proves that nothing is left. If the answer is lost the effect is unknown, and a
    /// command that was cancelled by mistake is not run again.</summary>
    AllOrNothing,

    /// <summary>SELECT, INSERT, UPDATE, DELETE, MERGE, VALUES, TABLE: whatever it did goes with its transaction.</summary>
    RollsBack,
}
