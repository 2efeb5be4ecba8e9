using PgActors.Routing;
using PgActors.Sessions;

namespace PgActors.Leases;

/// <summary>An exclusive session in somebody's hands: what may have been left in it, and that it goes back once.</summary>
internal sealed class SessionHold(LeasePool pool, SessionActor session)
{
    // Invariant: bits are only ever added, by whoever sends a statement, before it is sent; so the one who gives back sees them all.
    private int _traces;
    private int _isReleased;

    public SessionActor Session => session;

    public LeasePool Pool => pool;

    public bool IsReleased => Volatile.Read(in _isReleased) != 0;

    /// <summary>A statement is about to be sent.</summary>
    public void Note(SqlStatement statement)
    {
        if (statement.Traces != SessionTraces.None)
            Interlocked.Or(ref _traces, (int)statement.Traces);
    }

    /// <summary>Gives the session back; more than once does no harm.</summary>
    public void Release()
    {
        if (Interlocked.Exchange(ref _isReleased, 1) == 0)
            pool.Return(session, (SessionTraces)Volatile.Read(in _traces));
    }
}
