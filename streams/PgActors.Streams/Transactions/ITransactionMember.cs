using PgActors.Requests;

namespace PgActors.Transactions;

/// <summary>A request that runs in a transaction.</summary>
internal interface ITransactionMember
{
    /// <summary>Before it is posted: a portal to close on the way; empty: none.</summary>
    void CloseOnTheWay(ReadOnlyMemory<byte> portal);

    /// <summary>Before it is posted: whoever is to hear of its end.</summary>
    void Tell(IRequestWitness witness);
}
