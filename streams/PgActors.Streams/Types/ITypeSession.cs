using PgActors.Requests;
using PgActors.Statements;

namespace PgActors.Types;

/// <summary>A session whose transaction may have types of its own.</summary>
internal interface ITypeSession
{
    /// <summary>Whether a transaction is open and a statement may be run in it now.</summary>
    bool CanLookUp { get; }

    /// <summary>Whether what a transaction had of its own has gone with it.</summary>
    bool IsOutsideTransaction { get; }

    /// <summary>Looks types up as the transaction sees them.</summary>
    /// <exception cref="PgException">It has failed or ended, or its connection was lost.</exception>
    ValueTask<IReadOnlyList<PgTypeDescription>> LookUpAsync(CatalogRequest request, in PgCommand command);
}
