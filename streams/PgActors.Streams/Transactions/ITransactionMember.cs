using PgActors.Requests;
using PgActors.Sessions;

namespace PgActors.Transactions;

/// <summary>A request that runs in a transaction.</summary>
internal interface ITransactionMember
{
    /// <summary>Before it is posted: what stands in front of it, and a portal to close on the way.</summary>
    void Accompany(SessionRequest? ahead, ReadOnlyMemory<byte> portalToClose);

    /// <summary>Before it is posted: whoever is to hear of its end.</summary>
    void Tell(IRequestWitness witness);
}
