namespace PgActors;

/// <summary>An observer of <see cref="PgDatabase.Events"/> was too slow, and events were dropped in between.</summary>
/// <param name="Count">How many.</param>
public sealed record PgEventsDropped(long Count) : PgEvent;
