namespace PgActors.Testing;

/// <summary>One way of getting a server that was tried and failed.</summary>
/// <param name="Way">The way, in a few words: "the cache", "an installed PostgreSQL".</param>
/// <param name="Reason">The step that failed and why.</param>
/// <param name="Remedy">What a person can do so that this way works.</param>
public sealed record UnavailableWay(string Way, string Reason, string Remedy);
