namespace PgActors;

/// <summary>How much transactions see of each other (PostgreSQL documentation, "Transaction Isolation").</summary>
public enum PgIsolation
{
    /// <summary>What the server's <c>default_transaction_isolation</c> says; read committed, unless somebody changed it.</summary>
    ServerDefault,

    /// <summary>Each statement sees what was committed before it began.</summary>
    ReadCommitted,

    /// <summary>All statements see what was committed before the first began; writing what another has changed meanwhile fails (40001).</summary>
    RepeatableRead,

    /// <summary>As if transactions ran one after the other; what would not fit fails (40001) and may be tried again.</summary>
    Serializable,
}
