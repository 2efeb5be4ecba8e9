using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using PgActors.Connecting;
using PgActors.Events;
using PgActors.Requests;
using PgActors.Routing;
using PgActors.Rows.Mapping;
using PgActors.Runtime;
using PgActors.Sessions;
using PgActors.Statements;
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
public sealed class PgDatabase : IAsyncDisposable
{
    // An interpolated string whose values are all constants is a constant string too, and would bind to the overload that takes text: the
    // constant would become part of the statement instead of a parameter.
    private const int InterpolationFirst = 1;

    private readonly SessionSupervisor _shared;
    private readonly LeasePool _leased;
    private readonly EventStream _events;
    private readonly long _window;

    internal PgDatabase(PgConnectionOptions options, PgTypeRegistry types, SessionSupervisor shared, LeasePool leased, EventStream events)
    {
        Options = options;
        Types = types;
        _shared = shared;
        _leased = leased;
        _events = events;
        _window = options.StreamWindowBytes;
    }

    /// <summary>What the database was opened with.</summary>
    public PgConnectionOptions Options { get; }

    /// <summary>The types that parameters and columns are read and written with.</summary>
    public PgTypeRegistry Types { get; }

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
    public int SessionCount => _shared.Sessions.Count(session => session.IsReady) + _leased.Count;

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

    /// <summary>A query to be run when it is enumerated or subscribed to. The string's values become parameters.</summary>
    /// <typeparam name="T">What a row becomes; see <see cref="PgQuery{T}"/>.</typeparam>
    /// <param name="sql">One statement that returns rows.</param>
    [OverloadResolutionPriority(InterpolationFirst)]
    public PgQuery<T> Query<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(
        [InterpolatedStringHandlerArgument("")] ref PgSqlHandler sql) => Query<T>(sql.ToCommand());

    /// <summary>A query without parameters, to be run when it is enumerated or subscribed to.</summary>
    /// <typeparam name="T">What a row becomes; see <see cref="PgQuery{T}"/>.</typeparam>
    /// <param name="sql">One statement that returns rows. It is sent as it is: never build it from values; an interpolated string makes
    /// them parameters.</param>
    public PgQuery<T> Query<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(string sql) =>
        Query<T>(new PgCommand(StatementTexts.Find(sql), null));

    /// <summary>Runs a statement that returns exactly one row.</summary>
    /// <typeparam name="T">What the row becomes; see <see cref="PgQuery{T}"/>.</typeparam>
    /// <param name="sql">The statement; its values become parameters.</param>
    /// <param name="cancellationToken">Cancels it, on the server if it is there already.</param>
    /// <exception cref="InvalidOperationException">No row came, or more than one.</exception>
    /// <exception cref="PgException">It failed; <see cref="PgException.Outcome"/> says how far it got.</exception>
    /// <exception cref="PgCanceledException">It was cancelled.</exception>
    [OverloadResolutionPriority(InterpolationFirst)]
    public ValueTask<T> QuerySingleAsync<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(
        [InterpolatedStringHandlerArgument("")] ref PgSqlHandler sql, CancellationToken cancellationToken = default) =>
        QuerySingle<T>(sql.ToCommand(), isRequired: true, cancellationToken)!;

    /// <inheritdoc cref="QuerySingleAsync{T}(ref PgSqlHandler, CancellationToken)"/>
    public ValueTask<T> QuerySingleAsync<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(
        string sql, CancellationToken cancellationToken = default) =>
        QuerySingle<T>(new PgCommand(StatementTexts.Find(sql), null), isRequired: true, cancellationToken)!;

    /// <summary>Runs a statement that returns one row or none; none gives the default of <typeparamref name="T"/>.</summary>
    /// <inheritdoc cref="QuerySingleAsync{T}(ref PgSqlHandler, CancellationToken)"/>
    [OverloadResolutionPriority(InterpolationFirst)]
    public ValueTask<T?> QuerySingleOrDefaultAsync<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(
        [InterpolatedStringHandlerArgument("")] ref PgSqlHandler sql, CancellationToken cancellationToken = default) =>
        QuerySingle<T>(sql.ToCommand(), isRequired: false, cancellationToken);

    /// <inheritdoc cref="QuerySingleOrDefaultAsync{T}(ref PgSqlHandler, CancellationToken)"/>
    public ValueTask<T?> QuerySingleOrDefaultAsync<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(
        string sql, CancellationToken cancellationToken = default) =>
        QuerySingle<T>(new PgCommand(StatementTexts.Find(sql), null), isRequired: false, cancellationToken);

    /// <summary>Runs a statement whose rows, if any, do not matter.</summary>
    /// <param name="sql">The statement; its values become parameters.</param>
    /// <param name="cancellationToken">Cancels it, on the server if it is there already.</param>
    /// <returns>How many rows it inserted, updated, deleted or selected; 0 for a statement that does not count.</returns>
    /// <exception cref="PgException">It failed; <see cref="PgException.Outcome"/> says how far it got.</exception>
    /// <exception cref="PgCanceledException">It was cancelled.</exception>
    [OverloadResolutionPriority(InterpolationFirst)]
    public ValueTask<long> ExecuteAsync(
        [InterpolatedStringHandlerArgument("")] ref PgSqlHandler sql, CancellationToken cancellationToken = default) =>
        Execute(sql.ToCommand(), cancellationToken);

    /// <inheritdoc cref="ExecuteAsync(ref PgSqlHandler, CancellationToken)"/>
    public ValueTask<long> ExecuteAsync(string sql, CancellationToken cancellationToken = default) =>
        Execute(new PgCommand(StatementTexts.Find(sql), null), cancellationToken);

    /// <summary>Ends every session in good order. What waits is answered; what is in flight may end.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_leased.StopAsync(), _shared.StopAsync()).ConfigureAwait(false);
        _events.Dispose();
    }

    private static void RefuseUnshareable(SqlStatement statement)
    {
        var problem = statement.Verb switch
        {
            StatementVerb.Data or StatementVerb.Other => null,
            StatementVerb.Transaction => "begins or ends a transaction, and the next one may run on another session; it was not sent. "
                + "A statement is a transaction by itself: say what belongs together in one (with … as (insert …) update …).",
            StatementVerb.Session => "changes its session, which others share, and the next one may run on another; it was not sent. "
                + "Set what all sessions need in the connection options (options=-c name=value).",
            StatementVerb.Copy => "turns its connection into a stream of data, which a shared session cannot be; it was not sent. "
                + "Write many rows with 'insert into … select * from unnest(…)' and arrays as parameters; read them with Query.",
        };
        if (problem is not null)
            throw new PgUsageException($"The statement {problem}\n  {statement}");
    }

    private PgQuery<T> Query<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(in PgCommand command)
    {
        var parameters = command.Parameters?.Memory.ToArray() ?? [];
        var count = command.Parameters?.Count ?? 0;
        command.Parameters?.Return();
        RefuseUnshareable(command.Statement);
        return new PgQuery<T>(_leased, command.Statement, count, parameters, Types, _window);
    }

    private ValueTask<T?> QuerySingle<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(
        in PgCommand command, bool isRequired, CancellationToken cancellationToken)
    {
        var request = RequestPool<SingleRowRequest<T>>.Rent();
        request.Types = Types;
        request.IsRequired = isRequired;
        return Run(request, command, cancellationToken);
    }

    private ValueTask<long> Execute(in PgCommand command, CancellationToken cancellationToken) =>
        Run(RequestPool<ExecuteRequest>.Rent(), command, cancellationToken);

    private ValueTask<TResult> Run<TResult>(RequestCompletion<TResult> request, in PgCommand command, CancellationToken cancellationToken)
    {
        request.Prepare(command, cancellationToken);
        if (command.Statement.Verb is not (StatementVerb.Data or StatementVerb.Other))
        {
            request.Withdraw();
            RefuseUnshareable(command.Statement);
        }

        if (cancellationToken.IsCancellationRequested)
        {
            request.Withdraw();
            return ValueTask.FromException<TResult>(new PgCanceledException(Outcome.NotSent, cancellationToken));
        }

        var session = _shared.Choose();
        return session.TryPost(request) switch
        {
            PostResult.Accepted => request.OnAccepted(),
            PostResult.Full => PostWhenRoomAsync(session, request, cancellationToken),
            PostResult.Closed => Refuse(request),
        };
    }

    private async ValueTask<TResult> PostWhenRoomAsync<TResult>(
        SessionActor session, RequestCompletion<TResult> request, CancellationToken cancellationToken)
    {
        PostResult posted;
        try
        {
            posted = await session.PostAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            request.Withdraw();
            throw new PgCanceledException(Outcome.NotSent, cancellationToken);
        }

        return posted == PostResult.Accepted
            ? await request.OnAccepted().ConfigureAwait(false)
            : await Refuse(request).ConfigureAwait(false);
    }

    private ValueTask<TResult> Refuse<TResult>(RequestCompletion<TResult> request)
    {
        request.Withdraw();
        return ValueTask.FromException<TResult>(new PgConnectionException(
            new SessionFailure(SessionFailureKind.Closed, "The database object was closed."), Outcome.NotSent, Server));
    }
}
