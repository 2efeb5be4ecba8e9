namespace PgActors.Authentication;

/// <summary>Where a client stands in a SCRAM exchange.</summary>
public enum ScramClientPhase
{
    /// <summary>Nothing was sent. Left by <see cref="ScramClient.ClientFirst"/>.</summary>
    Initial,

    /// <summary>The first message is out. Left by <see cref="ScramClient.OnServerFirst"/>.</summary>
    AwaitingServerFirst,

    /// <summary>Salt and iterations are known. Left by <see cref="ScramClient.ClientFinal"/>.</summary>
    AwaitingKeys,

    /// <summary>The proof is out. Left by <see cref="ScramClient.OnServerFinal"/>.</summary>
    AwaitingServerFinal,

    /// <summary>The server proved that it knows the password. The end.</summary>
    Verified,

    /// <summary>The server sent something that it must not. The end.</summary>
    Failed,
}
