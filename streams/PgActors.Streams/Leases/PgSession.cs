using PgActors.Leases;
using PgActors.Sessions;
using PgActors.Transactions;
using PgActors.Types;

namespace PgActors;

/// <summary>
/// A session that is yours until you dispose it: statements run on it in the order of the calls, and what they leave in it (settings, LISTEN,
/// temporary tables, advisory locks, a transaction begun by hand) is there for the next one. When it is given back, it is freed of that.
/// </summary>
/// <remarks>Safe for all threads, though a conversation has mostly one. Calls need not wait for each other: they are pipelined.</remarks>
public sealed class PgSession : PgCommands, IAsyncDisposable
{
    private readonly LeaseRoute _route;
    private readonly PgConnectionOptions _options;

    internal PgSession(SessionHold hold, DatabaseTypes types, PgConnectionOptions options)
        : this(new LeaseRoute(hold), types, options)
    {
    }

    private PgSession(LeaseRoute route, DatabaseTypes types, PgConnectionOptions options)
        : base(route, new SessionTypes(types, route), options.StreamWindowBytes)
    {
        _route = route;
        _options = options;
    }

    /// <summary>The server process (<c>pg_backend_pid()</c>); 0 if unknown.</summary>
    public int ProcessId => _route.Hold.Session.ProcessId;

    /// <summary>What the server reported of this session's settings. A snapshot.</summary>
    public SessionParameters Parameters => _route.Hold.Session.Parameters;

    /// <summary>Begins a transaction on this session. Nothing is sent before its first statement, which takes BEGIN along. Until it has ended,
    /// statements run on it and not on the session.</summary>
    /// <param name="options">Isolation and access; <see langword="null"/> for the server's defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PgUsageException">A transaction or a row stream is open on the session.</exception>
    public ValueTask<PgTransaction> BeginAsync(PgTransactionOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _route.Occupy(LeaseUse.Transaction);
        var route = new TransactionRoute(_route.Hold, options ?? PgTransactionOptions.Default, _options, _route.Vacate);
        return new(new PgTransaction(route, ((SessionTypes)TypeSource).Database, _options));
    }

    /// <inheritdoc cref="PgDatabase.InTransactionAsync(Func{PgTransaction, Task}, PgTransactionOptions?, CancellationToken, string, string, int)"/>
    public Task InTransactionAsync(
        Func<PgTransaction, Task> work, PgTransactionOptions? options = null, CancellationToken cancellationToken = default) =>
        InTransactionAsync(TransactionAttempts.WithoutResult(work), options, cancellationToken);

    /// <inheritdoc cref="InTransactionAsync(Func{PgTransaction, Task}, PgTransactionOptions?, CancellationToken)"/>
    /// <typeparam name="T">What the work results in.</typeparam>
    public Task<T> InTransactionAsync<T>(
        Func<PgTransaction, Task<T>> work, PgTransactionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return TransactionAttempts.RunAsync(
            token => BeginAsync(options, token), work, options ?? PgTransactionOptions.Default, _route.Hold.Pool.Runtime, cancellationToken);
    }

    /// <summary>Gives the session back: a transaction begun by hand is rolled back, and what statements left in the session is undone. More than
    /// once does no harm.</summary>
    public ValueTask DisposeAsync()
    {
        _route.Hold.Release();
        return ValueTask.CompletedTask;
    }

    internal override async ValueTask<PgTransaction?> BeginForBulkAsync(CancellationToken cancellationToken) =>
        await BeginAsync(null, cancellationToken).ConfigureAwait(false);
}
