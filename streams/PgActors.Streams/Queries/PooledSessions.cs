using PgActors.Routing;
using PgActors.Sessions;

namespace PgActors.Queries;

/// <summary>A session of the pool for each execution.</summary>
internal sealed class PooledSessions(LeasePool pool) : IStreamSessions
{
    /// <summary>A session that died idle shows only when it is used: nothing was sent, so another one is tried. So many in a row are an
    /// outage.</summary>
    public const int MaxAttempts = 3;

    public int Attempts => MaxAttempts;

    public TimeProvider Time => pool.Runtime.Time;

    /// <summary>Whether another session may fare better than one that ended so.</summary>
    public static bool IsWorthAnother(SessionFailure? failure) =>
        failure is { Kind: SessionFailureKind.ConnectionLost or SessionFailureKind.ServerEnded };

    public ValueTask<SessionActor> AcquireAsync(SqlStatement statement, TimeSpan? timeout, CancellationToken cancellationToken) =>
        pool.AcquireAsync(LeaseHolder.For(statement.Text), timeout, cancellationToken);

    public void Return(SessionActor session, SqlStatement statement) => pool.Return(session, statement.Traces);
}
