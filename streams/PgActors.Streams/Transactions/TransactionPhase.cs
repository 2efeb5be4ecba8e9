namespace PgActors.Transactions;

/// <summary>Where a transaction stands, as far as the client knows.</summary>
internal enum TransactionPhase
{
    /// <summary>Nothing was sent. Leaves to <see cref="Beginning"/>, or to <see cref="Ended"/> without a byte.</summary>
    NotBegun,

    /// <summary>BEGIN is on its way with the first statement; others wait. Leaves to <see cref="Open"/>, <see cref="Failed"/>, or back to
    /// <see cref="NotBegun"/> if it was not sent after all.</summary>
    Beginning,

    /// <summary>The server has begun it. Leaves to <see cref="Failed"/> or <see cref="Ending"/>.</summary>
    Open,

    /// <summary>The server takes no more statements, or is gone. Leaves to <see cref="Open"/>, by a savepoint, or to
    /// <see cref="Ending"/>.</summary>
    Failed,

    /// <summary>COMMIT or ROLLBACK is on its way. Leaves to <see cref="Ended"/>, or back to <see cref="Open"/> if it was not sent.</summary>
    Ending,

    /// <summary>It is over, one way or the other.</summary>
    Ended,
}
