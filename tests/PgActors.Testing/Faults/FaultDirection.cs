namespace PgActors.Testing;

/// <summary>A direction of the bytes through a <see cref="FaultProxy"/>.</summary>
public enum FaultDirection
{
    /// <summary>What the client sends.</summary>
    ToServer,

    /// <summary>What the server sends.</summary>
    ToClient,
}
