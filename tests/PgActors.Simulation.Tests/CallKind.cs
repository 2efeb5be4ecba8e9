namespace PgActors.Simulation.Tests;

/// <summary>What a caller does.</summary>
internal enum CallKind
{
    /// <summary>One row, its own number.</summary>
    Select,

    /// <summary>One row, with a token that may be cancelled at any time.</summary>
    CancelledSelect,

    /// <summary>A statement that is released after a while.</summary>
    Wait,

    /// <summary>A statement that runs until it is cancelled.</summary>
    CancelledWait,

    /// <summary>A statement that the server begins, and that fails.</summary>
    Fail,

    /// <summary>A statement that the server does not even begin.</summary>
    Refuse,

    /// <summary>A stream, to its end.</summary>
    Stream,

    /// <summary>A stream of which only the beginning is read.</summary>
    LeftStream,

    /// <summary>A stream that is cancelled on its way.</summary>
    CancelledStream,

    /// <summary>One row on a session of its own.</summary>
    Lease,

    /// <summary>As <see cref="Lease"/>, with a token that may be cancelled while it waits for the session, too.</summary>
    CancelledLease,

    /// <summary>Two statements and COMMIT.</summary>
    Transaction,

    /// <summary>As <see cref="Transaction"/>, with a token that may be cancelled at any time.</summary>
    CancelledTransaction,

    /// <summary>A statement, and no COMMIT.</summary>
    LeftTransaction,

    /// <summary>A stream, read to its end in a transaction, and COMMIT.</summary>
    StreamTransaction,
}
