using PgActors.Sessions;

namespace PgActors.Queries;

/// <summary>Where an execution of a query gets its session from.</summary>
internal interface IStreamSessions
{
    /// <summary>The clock.</summary>
    TimeProvider Time { get; }

    /// <summary>How many sessions may be tried, as long as nothing was sent.</summary>
    int Attempts { get; }

    /// <summary>Takes a session for a statement, within the statement's time if it has one of its own.</summary>
    ValueTask<SessionActor> AcquireAsync(SqlStatement statement, TimeSpan? timeout, CancellationToken cancellationToken);

    /// <summary>Gives it back, once the server is done with the execution.</summary>
    void Return(SessionActor session, SqlStatement statement);
}
