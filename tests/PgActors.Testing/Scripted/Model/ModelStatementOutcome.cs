namespace PgActors.Testing;

/// <summary>How far a statement got on a <see cref="ModelServer"/>.</summary>
public enum ModelStatementOutcome
{
    /// <summary>It runs: it waits, or sends rows.</summary>
    Running,

    /// <summary>It stopped at a row limit and can be executed on.</summary>
    Suspended,

    /// <summary>It ran to its end.</summary>
    Completed,

    /// <summary>It failed by itself.</summary>
    Failed,

    /// <summary>A cancel request ended it.</summary>
    Cancelled,

    /// <summary>The connection was lost while it ran.</summary>
    Lost,
}
