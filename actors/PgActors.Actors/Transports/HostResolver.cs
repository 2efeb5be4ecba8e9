using System.Net;

namespace PgActors.Transports;

/// <summary>Turns a host name into addresses, best first. Called once per connection attempt, from many threads at once.</summary>
/// <param name="host">The name as the user gave it; never an address in text form.</param>
/// <param name="ct">Ends the wait.</param>
/// <returns>The addresses; none reads as "not found".</returns>
public delegate ValueTask<IReadOnlyList<IPAddress>> HostResolver(string host, CancellationToken ct);
