namespace PgActors.Testing;

/// <summary>Where a session stands between transactions.</summary>
internal enum ModelBlock
{
    /// <summary>Nothing has run since the last end. Left by the first statement.</summary>
    None,

    /// <summary>Statements ran that the next Sync, or the end of the text, commits.</summary>
    Implicit,

    /// <summary>BEGIN ran.</summary>
    Explicit,

    /// <summary>A statement failed after BEGIN.</summary>
    Failed,
}
