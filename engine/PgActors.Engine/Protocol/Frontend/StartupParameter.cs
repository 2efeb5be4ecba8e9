namespace PgActors.Protocol;

/// <summary>One pair of a <see cref="StartupMessage"/>.</summary>
/// <param name="Name"><c>user</c>, <c>database</c>, <c>options</c>, <c>replication</c>, a <c>_pq_.</c> protocol option, or the name of a
/// run-time setting. Never empty.</param>
/// <param name="Value">Its value; may be empty.</param>
public readonly record struct StartupParameter(string Name, string Value);
