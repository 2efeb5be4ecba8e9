using PgActors.Sessions;

namespace PgActors.Requests;

/// <summary>Hears how requests ended, before their callers do. Called inside a session's turn: it stores, nothing else.</summary>
internal interface IRequestWitness
{
    /// <summary>A request has ended.</summary>
    void OnEnded(SessionRequest request, in RequestEnd end);
}
