namespace PgActors.Runtime;

/// <summary>What the current thread is doing for the runtime; it decides whether a post may run a turn on it.</summary>
internal static class ThreadRole
{
    // Invariant: each thread sees only its own; set and restored around the code it describes.
    [ThreadStatic]
    private static Kind _current;

    internal enum Kind
    {
        /// <summary>Nothing: a post to an idle mailbox may run its turn here.</summary>
        Free,

        /// <summary>A turn of some mailbox. A post from it schedules, so that turns never nest: not in depth, and not in time.</summary>
        InTurn,

        /// <summary>
        /// One completion of several, or of a caller whom others that wait for a worker have let go first. A post from it schedules behind them
        /// (the global queue: a worker empties its local one first), so that what a whole burst posts shares a turn, and everybody has one.
        /// </summary>
        Completing,
    }

    internal static Kind Current
    {
        get => _current;
        set => _current = value;
    }
}
