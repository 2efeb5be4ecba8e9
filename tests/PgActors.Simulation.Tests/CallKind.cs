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
}
