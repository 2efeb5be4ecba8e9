using PgActors.Sessions;

namespace PgActors.Requests;

/// <summary>Hears how requests ended, before their callers do. Called inside a session's turn: it stores, nothing else.</summary>
internal interface IRequestWitness
{
    /// <summary>A request has ended.</summary>
    /// <returns>The same, or what more is known of it here.</returns>
    RequestEnd OnEnded(SessionRequest request, in RequestEnd end);
}
