namespace PgActors.Routing;

/// <summary>One signal.</summary>
internal readonly record struct LaneSignal(LaneSignalKind Kind, long Generation = 0);
