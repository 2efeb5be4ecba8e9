namespace PgActors.Sessions;

/// <summary>Where a session stands, for whoever watches it.</summary>
public enum SessionState
{
    /// <summary>It has no connection: it was never started, or waits until it is started again.</summary>
    Down,

    /// <summary>It connects.</summary>
    Starting,

    /// <summary>Commands flow.</summary>
    Ready,

    /// <summary>It was told to end.</summary>
    Stopped,
}
