using PgActors.Routing;
using PgActors.Sessions;

namespace PgActors;

/// <summary>A database's sessions at a moment, for health pages. Taking one disturbs nobody; its numbers need not be of one instant.</summary>
/// <param name="Server">Host and port.</param>
/// <param name="Shared">The sessions that all callers share, and their supervisor.</param>
/// <param name="Leased">The exclusive sessions: who has which, and for how long.</param>
public sealed record PgDatabaseSnapshot(string Server, SharedSnapshot Shared, LeasedSnapshot Leased)
{
    /// <summary>Whether commands can be served now: at least one shared session is ready.</summary>
    public bool IsHealthy => Shared.Ready > 0;
}
