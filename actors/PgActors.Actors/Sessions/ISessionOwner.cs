namespace PgActors.Sessions;

/// <summary>Who made a session and hears what becomes of it. Called inside the session's turn: it may post and store, nothing else.</summary>
public interface ISessionOwner
{
    /// <summary>The session is ready for commands.</summary>
    void OnSessionReady(SessionActor session);

    /// <summary>The session's connection is over, or could not be made.</summary>
    void OnSessionEnded(SessionActor session, SessionFailure failure);

    /// <summary>A session has no connection, and a command waits in it. Called inside the session's turn.</summary>
    /// <returns>A ready session that the command may go to; <see langword="null"/> if there is none.</returns>
    SessionActor? ChooseSibling(SessionActor session) => null;

    /// <summary>The server told something without being asked.</summary>
    void OnSessionNews(SessionActor session, in SessionNews news);
}
