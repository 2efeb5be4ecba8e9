namespace PgActors.Testing;

/// <summary>What became of a statement's transaction.</summary>
public enum ModelStatementFate
{
    /// <summary>It is not decided yet.</summary>
    Open,

    /// <summary>It was committed, whether or not the client heard of it.</summary>
    Committed,

    /// <summary>It was rolled back.</summary>
    RolledBack,
}
