using PgActors.Routing;

namespace PgActors;

/// <summary>An exclusive session has been held for longer than <see cref="PgConnectionOptions.LeaseWarning"/>. Once for each lease.</summary>
/// <param name="Report">Which session, who took it, and for how long it has been held.</param>
public sealed record PgLeaseEvent(LeaseReport Report) : PgEvent;
