namespace PgActors;

/// <summary>How far a failed command got. It never claims more than is known.</summary>
public enum Outcome
{
    /// <summary>Not one byte of the command reached the socket. It is safe to run it again anywhere.</summary>
    NotSent,

    /// <summary>The server said that it failed, and what it did was undone with its transaction. It is safe to run it again.</summary>
    RolledBack,

    /// <summary>It was sent and no answer came: it may have taken effect or not. PgActors never repeats such a command.</summary>
    Unknown,
}
