namespace PgActors.Authentication;

/// <summary>Where a server stands in a SCRAM exchange.</summary>
public enum ScramServerPhase
{
    /// <summary>Nothing has come. Left by <see cref="ScramServer.OnClientFirst"/>.</summary>
    AwaitingClientFirst,

    /// <summary>Nonce, salt and iterations are out. Left by <see cref="ScramServer.OnClientFinal"/>.</summary>
    AwaitingClientFinal,

    /// <summary>The client proved that it knows the password. The end.</summary>
    Verified,

    /// <summary>The client was refused. The end.</summary>
    Failed,
}
