namespace PgActors.Sessions;

/// <summary>Where a session stands.</summary>
public enum SessionPhase : byte
{
    /// <summary>No transport yet. Leaves to <see cref="Starting"/>.</summary>
    Created,

    /// <summary>Encryption, authentication, settings. Leaves to <see cref="Ready"/> or <see cref="Closed"/>.</summary>
    Starting,

    /// <summary>Commands flow. Leaves to <see cref="Closed"/>.</summary>
    Ready,

    /// <summary>Over.</summary>
    Closed,
}
