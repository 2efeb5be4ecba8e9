using System.Globalization;
using PgActors.Transactions;

namespace PgActors;

/// <summary>A point in a transaction to go back to: what came after it is undone, what came before it stays. Going back also heals a transaction
/// that has failed since.</summary>
public sealed class PgSavepoint : IAsyncDisposable
{
    private readonly TransactionRoute _route;
    private readonly string _name;

    // Set once; a savepoint is gone when it was released.
    private bool _isGone;

    internal PgSavepoint(TransactionRoute route, int number)
    {
        _route = route;
        _name = string.Create(CultureInfo.InvariantCulture, $"pga_{number}");
    }

    /// <summary>Keeps what came after it, as part of the transaction; the savepoint, and those set after it, are gone.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PgException">It was not released.</exception>
    public async Task ReleaseAsync(CancellationToken cancellationToken = default)
    {
        await _route.RunSavepointAsync($"RELEASE SAVEPOINT {_name}", heals: false, cancellationToken).ConfigureAwait(false);
        _isGone = true;
    }

    /// <summary>Undoes what came after it. The savepoint stays: one can go back to it again.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PgException">It failed.</exception>
    public Task RollbackAsync(CancellationToken cancellationToken = default) =>
        _route.RunSavepointAsync($"ROLLBACK TO SAVEPOINT {_name}", heals: true, cancellationToken);

    /// <summary>Undoes what came after it, unless it was released or the transaction has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isGone || _route.Phase is TransactionPhase.Ending or TransactionPhase.Ended)
            return;
        _isGone = true;
        try
        {
            await RollbackAsync().ConfigureAwait(false);
            await _route.RunSavepointAsync($"RELEASE SAVEPOINT {_name}", heals: false, CancellationToken.None).ConfigureAwait(false);
        }
        catch (PgException)
        {
            // The transaction keeps the error, and refuses with it whatever comes next.
        }
    }

    internal Task SetAsync(CancellationToken cancellationToken) =>
        _route.RunSavepointAsync($"SAVEPOINT {_name}", heals: false, cancellationToken);
}
