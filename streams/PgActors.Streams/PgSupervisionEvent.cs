using PgActors.Runtime;

namespace PgActors;

/// <summary>A decision about a session: it started, failed, will start again in so many milliseconds, …</summary>
/// <param name="Decision">The decision.</param>
public sealed record PgSupervisionEvent(SupervisionEvent Decision) : PgEvent;
