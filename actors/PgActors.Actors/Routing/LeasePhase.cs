namespace PgActors.Routing;

/// <summary>Where an exclusive session stands.</summary>
public enum LeasePhase : byte
{
    /// <summary>It connects. Leaves to <see cref="Idle"/> or <see cref="Held"/>.</summary>
    Starting,

    /// <summary>Nobody has it. Leaves to <see cref="Held"/>, <see cref="Checking"/> or <see cref="Closing"/>.</summary>
    Idle,

    /// <summary>It is asked for a sign of life. Leaves to <see cref="Idle"/>, <see cref="Held"/> or <see cref="Closing"/>.</summary>
    Checking,

    /// <summary>Somebody has it. Leaves to <see cref="Idle"/>, <see cref="Resetting"/> or <see cref="Closing"/>, or to the next
    /// holder.</summary>
    Held,

    /// <summary>It is freed of what its last holder left in it. Leaves as <see cref="Checking"/> does.</summary>
    Resetting,

    /// <summary>It ends; its place is free once it has.</summary>
    Closing,
}
