using PgActors.Routing;
using PgActors.Sessions;

namespace PgActors.Leases;

/// <summary>An exclusive session in somebody's hands: what may have been left in it, and that it goes back once.</summary>
internal sealed class SessionHold(LeasePool pool, SessionActor session, LeaseHolder holder)
{
    // Invariant: bits are only ever added, by whoever sends a statement, before it is sent; so the one who gives back sees them all.
    private int _traces;

    // What is to be given back; null once it was. Invariant: whoever takes a session out of here, by exchange, gives that one back.
    private SessionActor? _owed = session;

    private volatile SessionActor _session = session;

    /// <summary>The session in use, or the last that was.</summary>
    public SessionActor Session => _session;

    public LeasePool Pool => pool;

    public bool IsReleased => Volatile.Read(in _owed) is null;

    /// <summary>A statement is about to be sent.</summary>
    public void Note(SqlStatement statement)
    {
        if (statement.Traces != SessionTraces.None)
            Interlocked.Or(ref _traces, (int)statement.Traces);
    }

    /// <summary>Takes another session in the place of one that is over. Not twice at a time.</summary>
    /// <param name="cancellationToken">Gives up the wait for one.</param>
    /// <exception cref="PgException">None was to be had.</exception>
    /// <exception cref="PgCanceledException">The wait was given up.</exception>
    public async ValueTask<SessionActor> ReplaceAsync(CancellationToken cancellationToken)
    {
        var next = await pool.AcquireAsync(holder, cancellationToken).ConfigureAwait(false);
        var last = _session;
        _session = next;
        pool.Return(Interlocked.CompareExchange(ref _owed, next, last) == last ? last : next, SessionTraces.None);
        return next;
    }

    /// <summary>Gives the session back; more than once does no harm.</summary>
    public void Release()
    {
        if (Interlocked.Exchange(ref _owed, null) is { } owed)
            pool.Return(owed, (SessionTraces)Volatile.Read(in _traces));
    }
}
