using System.Runtime.CompilerServices;
using PgActors.Connecting;
using PgActors.Events;
using PgActors.Leases;
using PgActors.Requests;
using PgActors.Routes;
using PgActors.Routing;
using PgActors.Sessions;
using PgActors.Transactions;
using PgActors.Types;

namespace PgActors;

/// <summary>
/// A database as a service holds it: a few shared sessions that carry everybody's single commands, pipelined, and exclusive ones, made as
/// needed, for row streams. One for each database and program; safe for all threads.
/// </summary>
/// <example><code>
/// await using var db = await PgDatabase.ConnectAsync("postgres://app@localhost/shop");
/// await foreach (var (id, total) in db.Query&lt;(long, decimal)&gt;($"select id, total from orders where total > {100m}"))
///     Console.WriteLine($"{id}: {total}");
/// </code></example>
public sealed class PgDatabase : PgCommands, IAsyncDisposable
{
    private readonly SessionSupervisor _shared;
    private readonly LeaseSource _leases;
    private readonly EventStream _events;
    private readonly DatabaseTypes _types;

    internal PgDatabase(PgConnectionOptions options, DatabaseTypes types, SessionSupervisor shared, LeaseSource leases, EventStream events)
        : base(new SharedRoute(shared, leases), types, options.StreamWindowBytes)
    {
        Options = options;
        _shared = shared;
        _leases = leases;
        _events = events;
        _types = types;
        types.Print = command => QuerySingle<string[]>(command, isRequired: true, CancellationToken.None)!;
        types.List = command => Run(new TypeListRequest(), command, CancellationToken.None);
        types.Run = (request, command) => Run(request, command, CancellationToken.None);
    }

    /// <summary>What the database was opened with.</summary>
    public PgConnectionOptions Options { get; }

    /// <summary>Host and port of the server in use.</summary>
    public string Server => _shared.Server;

    /// <summary>What the server reported of its settings, such as its version. A snapshot.</summary>
    public SessionParameters Parameters => _shared.Sessions.FirstOrDefault(session => session.IsReady)?.Parameters ?? SessionParameters.Empty;

    /// <summary>
    /// What happens inside, as it happens: sessions that start, fail and come back, the server's notices and settings; first of all the
    /// warnings about the options. Observers are called one event at a time on a worker thread; one that is too slow loses events and gets
    /// a <see cref="PgEventsDropped"/> for them.
    /// </summary>
    public IObservable<PgEvent> Events => _events;

    /// <summary>Sessions of both kinds that are open now. A snapshot.</summary>
    public int SessionCount => _shared.Sessions.Count(session => session.IsReady) + _leases.Count;

    /// <summary>The sessions at this moment: state, load, restarts and last failure of each, and who has the exclusive ones. What happens to
    /// them is told by <see cref="Events"/>.</summary>
    public PgDatabaseSnapshot Snapshot() => new(Server, _shared.Snapshot(), _leases.Pool.Snapshot());

    /// <summary>Opens a database.</summary>
    /// <param name="connection">A URI (<c>postgres://user:password@host:port/database?option=value</c>) or libpq's keyword/value form. What
    /// it leaves out is taken from the service file, the environment (<c>PGHOST</c> …) and the password file, as libpq does.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PgOptionsException">The text has a mistake; the message points at it.</exception>
    /// <exception cref="PgConnectionException">No session could be made with any of the hosts.</exception>
    public static Task<PgDatabase> ConnectAsync(string connection, CancellationToken cancellationToken = default) =>
        ConnectAsync(PgConnectionOptions.Parse(connection, ProcessSources.Read()), cancellationToken: cancellationToken);

    /// <summary>Opens a database.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="settings">Types, supervision and what tests replace; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PgOptionsException">An option is out of its range, or two contradict each other.</exception>
    /// <exception cref="PgConnectionException">No session could be made with any of the hosts.</exception>
    public static Task<PgDatabase> ConnectAsync(
        PgConnectionOptions options, PgDatabaseSettings? settings = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return new DatabaseConnector(options, settings ?? new PgDatabaseSettings()).ConnectAsync(cancellationToken);
    }

    /// <summary>Takes a session that is nobody else's until it is disposed: for what belongs to a session, such as settings, LISTEN, temporary
    /// tables and advisory locks. When it is given back, it is freed of them.</summary>
    /// <param name="cancellationToken">Gives up the wait for one.</param>
    /// <param name="member">Filled in by the compiler, as the next two: who took it, for reports of sessions held too long.</param>
    /// <param name="file">The source file.</param>
    /// <param name="line">The line in it.</param>
    /// <exception cref="PgPoolExhaustedException">None was free in time.</exception>
    /// <exception cref="PgConnectionException">No session could be made.</exception>
    /// <exception cref="PgCanceledException">The wait was cancelled.</exception>
    public ValueTask<PgSession> LeaseAsync(
        CancellationToken cancellationToken = default,
        [CallerMemberName] string member = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        var holder = new LeaseHolder(member, file, line, null);
        if (_types.IsReviewDue && _shared.Sessions.Any(session => session.IsReady))
            return LeaseWhenReviewedAsync(holder, cancellationToken);
        var pool = _leases.Pool;
        return LeaseAsync(pool, pool.AcquireAsync(holder, cancellationToken));
    }

    /// <summary>Begins a transaction on a session of its own. Nothing is sent before its first statement, which takes BEGIN along.</summary>
    /// <param name="options">Isolation and access; <see langword="null"/> for the server's defaults.</param>
    /// <param name="cancellationToken">Gives up the wait for a session.</param>
    /// <param name="member">Filled in by the compiler, as the next two: who began it, for reports of sessions held too long.</param>
    /// <param name="file">The source file.</param>
    /// <param name="line">The line in it.</param>
    /// <exception cref="PgPoolExhaustedException">No session was free in time.</exception>
    /// <exception cref="PgConnectionException">No session could be made.</exception>
    /// <exception cref="PgCanceledException">The wait was cancelled.</exception>
    public ValueTask<PgTransaction> BeginAsync(
        PgTransactionOptions? options = null,
        CancellationToken cancellationToken = default,
        [CallerMemberName] string member = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) =>
        BeginAsync(options ?? PgTransactionOptions.Default, new LeaseHolder(member, file, line, null), cancellationToken);

    /// <summary>Runs work in a transaction: commits it when the work has succeeded, and rolls it back when it throws. With
    /// <see cref="PgTransactionOptions.MaxAttempts"/> above 1 the work runs again if the server ended the transaction because of a
    /// conflict.</summary>
    /// <param name="work">The work; it may commit or roll back by itself.</param>
    /// <param name="options">Isolation, access and attempts; <see langword="null"/> for the server's defaults and one attempt.</param>
    /// <param name="cancellationToken">Gives up the wait for a session, or COMMIT; the work has its own.</param>
    /// <param name="member">Filled in by the compiler, as the next two: who began it, for reports of sessions held too long.</param>
    /// <param name="file">The source file.</param>
    /// <param name="line">The line in it.</param>
    /// <exception cref="PgException">No session could be had, or as <see cref="PgTransaction.CommitAsync"/> says; what the work throws comes as
    /// it is.</exception>
    public Task InTransactionAsync(
        Func<PgTransaction, Task> work,
        PgTransactionOptions? options = null,
        CancellationToken cancellationToken = default,
        [CallerMemberName] string member = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) =>
        InTransactionAsync(TransactionAttempts.WithoutResult(work), options, cancellationToken, member, file, line);

    /// <inheritdoc cref="InTransactionAsync(Func{PgTransaction, Task}, PgTransactionOptions?, CancellationToken, string, string, int)"/>
    /// <typeparam name="T">What the work results in.</typeparam>
    /// <returns>What the work resulted in.</returns>
    public Task<T> InTransactionAsync<T>(
        Func<PgTransaction, Task<T>> work,
        PgTransactionOptions? options = null,
        CancellationToken cancellationToken = default,
        [CallerMemberName] string member = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(work);
        var chosen = options ?? PgTransactionOptions.Default;
        var holder = new LeaseHolder(member, file, line, null);
        return TransactionAttempts.RunAsync(token => BeginAsync(chosen, holder, token), work, chosen, _leases.Pool.Runtime, cancellationToken);
    }

    /// <summary>Looks types up at once, also those known already and where looking up is switched off: to fill a catalogue that is then
    /// saved (<c>db.Types.Catalog.Save(file)</c>), or after types were changed.</summary>
    /// <param name="typeNames">The types; what they are made of is looked up with them. What the database does not have is passed
    /// over.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <exception cref="PgException">The database could not be asked.</exception>
    public Task LearnTypesAsync(IEnumerable<PgTypeName> typeNames, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(typeNames);
        return _types.LearnAsync([.. typeNames.Select(TypeWish.Of).Distinct()])
            .WaitAsync(cancellationToken);
    }

    /// <summary>Ends every session in good order. What waits is answered; what is in flight may end.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_leases.StopAsync(), _shared.StopAsync()).ConfigureAwait(false);
        _events.Dispose();
    }

    // As little as possible, since it may be held by many who wait.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<PgSession> LeaseAsync(LeasePool pool, ValueTask<SessionActor> session) =>
        new(new SessionHold(pool, await session.ConfigureAwait(false)), _types, Options);

    private async ValueTask<PgSession> LeaseWhenReviewedAsync(LeaseHolder holder, CancellationToken cancellationToken)
    {
        await _types.ReviewAsync(null, cancellationToken).ConfigureAwait(false);
        var pool = _leases.Pool;
        return await LeaseAsync(pool, pool.AcquireAsync(holder, cancellationToken)).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<PgTransaction> BeginAsync(PgTransactionOptions options, LeaseHolder holder, CancellationToken cancellationToken)
    {
        var pool = _leases.Pool;
        var hold = new SessionHold(pool, await pool.AcquireAsync(holder, cancellationToken).ConfigureAwait(false));
        return new PgTransaction(new TransactionRoute(hold, options, Options, hold.Release) { Mover = holder }, _types, Options);
    }

    internal override async ValueTask<PgTransaction?> BeginForBulkAsync(CancellationToken cancellationToken) =>
        await BeginAsync(null, cancellationToken).ConfigureAwait(false);
}
