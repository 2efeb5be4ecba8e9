namespace PgActors.Framing;

/// <summary>How far a client's session is, as far as the sizes of what a server may send depend on it.</summary>
public enum FramingPhase
{
    /// <summary>Until AuthenticationOk: the peer has proved nothing yet.</summary>
    Startup,

    /// <summary>From AuthenticationOk until the first ReadyForQuery: settings, the cancel key, and errors of the database.</summary>
    Authenticated,

    /// <summary>From the first ReadyForQuery on.</summary>
    Session,
}
