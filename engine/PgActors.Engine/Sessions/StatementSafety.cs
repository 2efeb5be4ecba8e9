namespace PgActors.Sessions;

/// <summary>What a statement can leave behind although it failed.</summary>
public enum StatementSafety : byte
{
    /// <summary>Unknown, or able to commit by itself (CALL, DO, COMMIT, VACUUM, …). If its answer is lost its effect is unknown, and a
    /// command that was cancelled by mistake is not run again.</summary>
    MayCommit,

    /// <summary>SELECT, INSERT, UPDATE, DELETE, MERGE, VALUES, TABLE: whatever it did goes with its transaction.</summary>
    RollsBack,
}
