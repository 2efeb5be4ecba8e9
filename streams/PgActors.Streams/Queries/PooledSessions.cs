using PgActors.Routing;
using PgActors.Sessions;

namespace PgActors.Queries;

/// <summary>A session of the pool for each execution.</summary>
internal sealed class PooledSessions(LeasePool pool) : IStreamSessions
{
    // A session that died idle shows only when it is used: nothing was sent, so another one is tried. More in a row is an outage.
    public int Attempts => 3;

    public ValueTask<SessionActor> AcquireAsync(SqlStatement statement, CancellationToken cancellationToken) =>
        pool.AcquireAsync(LeaseHolder.For(statement.Text), cancellationToken);

    public void Return(SessionActor session, SqlStatement statement) => pool.Return(session, statement.Traces);
}
