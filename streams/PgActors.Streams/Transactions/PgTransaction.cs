using PgActors.Transactions;
using PgActors.Types;

namespace PgActors;

/// <summary>
/// A transaction: what runs on it is done or undone together. Disposing it without <see cref="CommitAsync"/> rolls it back. BEGIN travels with the
/// first statement, so that beginning costs no round trip. After an error the server takes no more statements; they are refused here, with that
/// error, until the transaction is rolled back, or back to a savepoint.
/// </summary>
/// <remarks>Safe for all threads, though a conversation has mostly one. Several row streams may be open at a time, each read at its own pace, and
/// other statements run between their fetches.</remarks>
public sealed class PgTransaction : PgCommands, IAsyncDisposable
{
    private readonly TransactionRoute _route;
    private int _lastSavepoint;

    internal PgTransaction(TransactionRoute route, DatabaseTypes types, PgConnectionOptions options)
        : base(route, new SessionTypes(types, route), options.StreamWindowBytes) => _route = route;

    /// <summary>The server process (<c>pg_backend_pid()</c>); 0 if unknown.</summary>
    public int ProcessId => _route.Session.ProcessId;

    /// <summary>Its identity (<c>pg_current_xact_id()</c>), known once it has written something; <see langword="null"/> otherwise, or with
    /// <see cref="PgConnectionOptions.CommitResolution"/> off.</summary>
    public ulong? TransactionId => _route.Identity;

    /// <summary>Whether it was committed or rolled back, or its end could not be found out.</summary>
    public bool HasEnded => _route.Phase == TransactionPhase.Ended;

    /// <summary>Commits. If it returns, the transaction was committed, even if the answer was lost on the way and had to be found out on another
    /// session. One of which nothing was sent ends without a byte.</summary>
    /// <param name="cancellationToken">Gives up, on the server if COMMIT is there already.</param>
    /// <exception cref="PgTransactionException">It was rolled back: it had failed before, or its connection was lost in time.</exception>
    /// <exception cref="PgServerException">The server refused it (a deferred constraint, a conflict); it was rolled back.</exception>
    /// <exception cref="PgCommitUnknownException">The answer was lost, and what became of it could not be found out.</exception>
    /// <exception cref="PgCanceledException">It was cancelled before COMMIT was sent (the transaction is still open), or while it ran.</exception>
    /// <exception cref="PgUsageException">The transaction has ended already.</exception>
    public Task CommitAsync(CancellationToken cancellationToken = default) => _route.CommitAsync(cancellationToken);

    /// <summary>Rolls back; what still runs for the transaction is cancelled. Without effect if it has ended. It does not fail: should the
    /// connection be lost, the server rolls back by itself.</summary>
    public Task RollbackAsync() => _route.RollbackAsync();

    /// <summary>Sets a savepoint: what comes after it can be undone alone. Disposing it without <see cref="PgSavepoint.ReleaseAsync"/> goes back
    /// to it.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PgException">It was not set.</exception>
    public async ValueTask<PgSavepoint> SavepointAsync(CancellationToken cancellationToken = default)
    {
        var savepoint = new PgSavepoint(_route, Interlocked.Increment(ref _lastSavepoint));
        await savepoint.SetAsync(cancellationToken).ConfigureAwait(false);
        return savepoint;
    }

    /// <summary>Rolls back, unless it has ended.</summary>
    public ValueTask DisposeAsync() => new(_route.RollbackAsync());

    /// <summary>Whether the server ended it because of a conflict with another, so that the same work may succeed now.</summary>
    internal bool HasConflicted(Exception failure) =>
        (_route.FirstError?.SqlState ?? (failure as PgServerException)?.SqlState) is SqlStates.SerializationFailure or SqlStates.DeadlockDetected;

    internal override ValueTask<PgTransaction?> BeginForBulkAsync(CancellationToken cancellationToken) => new((PgTransaction?)null);
}
