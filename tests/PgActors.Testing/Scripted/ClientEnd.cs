namespace PgActors.Testing;

/// <summary>How a client left.</summary>
public enum ClientEnd
{
    /// <summary>It closed in order.</summary>
    Closed,

    /// <summary>It broke the connection off.</summary>
    Reset,
}
