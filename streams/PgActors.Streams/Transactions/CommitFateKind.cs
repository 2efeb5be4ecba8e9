namespace PgActors.Transactions;

/// <summary>What became of a transaction.</summary>
internal enum CommitFateKind
{
    /// <summary>It was committed.</summary>
    Committed,

    /// <summary>It was aborted.</summary>
    Aborted,

    /// <summary>It could not be found out.</summary>
    Unknown,
}
