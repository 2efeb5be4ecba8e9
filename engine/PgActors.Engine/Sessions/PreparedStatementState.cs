namespace PgActors.Sessions;

/// <summary>How far a session is with a prepared statement.</summary>
public enum PreparedStatementState : byte
{
    /// <summary>Its Parse was sent and not answered. Others who want it meanwhile go their own way, unnamed: were the Parse to fail, they
    /// would be told of a missing statement instead of their own error.</summary>
    Preparing,

    /// <summary>The server has it.</summary>
    Prepared,
}
