namespace PgActors.Transactions;

/// <summary>Somebody who waits until a transaction has begun.</summary>
internal interface ILineMember
{
    /// <summary>It is its turn. Does not fail.</summary>
    /// <returns>When the next may pass.</returns>
    ValueTask PassAsync(TransactionRoute transaction);
}
