using PgActors.Routes;
using PgActors.Routing;
using PgActors.Sessions;
using PgActors.Types;

namespace PgActors;

/// <summary>
/// A session that is yours until you dispose it: statements run on it in the order of the calls, and what they leave in it (settings, LISTEN,
/// temporary tables, advisory locks, a transaction begun by hand) is there for the next one.
/// </summary>
/// <remarks>Safe for all threads, though a conversation has mostly one. Calls need not wait for each other: they are pipelined.</remarks>
public sealed class PgSession : PgCommands, IAsyncDisposable
{
    private readonly LeasePool _pool;
    private readonly LeaseRoute _route;

    internal PgSession(LeasePool pool, SessionActor session, PgTypeRegistry types, long window)
        : this(pool, new LeaseRoute(session), types, window)
    {
    }

    private PgSession(LeasePool pool, LeaseRoute route, PgTypeRegistry types, long window)
        : base(route, types, window)
    {
        _pool = pool;
        _route = route;
    }

    /// <summary>The server process (<c>pg_backend_pid()</c>); 0 if unknown.</summary>
    public int ProcessId => _route.Session.ProcessId;

    /// <summary>What the server reported of this session's settings. A snapshot.</summary>
    public SessionParameters Parameters => _route.Session.Parameters;

    /// <summary>Gives the session back. More than once does no harm.</summary>
    public ValueTask DisposeAsync()
    {
        if (!_route.IsClosed)
        {
            _route.Close();
            _pool.Return(_route.Session);
        }

        return ValueTask.CompletedTask;
    }
}
