namespace PgActors.Testing;

/// <summary>How a start-up ended, as the server sees it.</summary>
public enum ScriptedLoginOutcome
{
    /// <summary>The session is ready.</summary>
    Accepted,

    /// <summary>The server turned the client away, with a FATAL error, and closed.</summary>
    Refused,

    /// <summary>The client ended the connection instead of answering.</summary>
    ClientLeft,
}
