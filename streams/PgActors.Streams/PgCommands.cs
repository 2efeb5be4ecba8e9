using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using PgActors.Queries;
using PgActors.Requests;
using PgActors.Routes;
using PgActors.Rows.Mapping;
using PgActors.Sessions;
using PgActors.Statements;
using PgActors.Types;

namespace PgActors;

/// <summary>
/// What statements can be run on, with the same calls for all three: a <see cref="PgDatabase"/>, where each goes to one of the sessions that
/// all callers share; a <see cref="PgSession"/>, where all go to the one session that is yours; a <see cref="PgTransaction"/>, where all are
/// done or undone together. Code that takes a <see cref="PgCommands"/> runs in any of them.
/// </summary>
public abstract partial class PgCommands
{
    // An interpolated string whose values are all constants is a constant string too, and would bind to the overload that takes text: the
    // constant would become part of the statement instead of a parameter.
    private const int InterpolationFirst = 1;

    // As of command_timeout: what timers can be set to.
    private static readonly TimeSpan LeastTimeout = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan MostTimeout = TimeSpan.FromDays(24);

    private readonly CommandRoute _route;
    private readonly long _window;

    // 0 for none: every lease and transaction has one of these.
    private readonly TimeSpan _ownTimeout;

    private protected PgCommands(CommandRoute route, TypeSource types, long window, TimeSpan? timeout = null)
    {
        _route = route;
        _window = window;
        _ownTimeout = timeout.GetValueOrDefault();
        TypeSource = types;
    }

    /// <summary>The types that parameters and columns are read and written with, those included that were learned from the database so
    /// far. A snapshot.</summary>
    public PgTypeRegistry Types => TypeSource.Current;

    /// <summary>Where those types come from.</summary>
    internal TypeSource TypeSource { get; }

    // Of each command; null for what the session gives to all.
    private TimeSpan? OwnTimeout => _ownTimeout == TimeSpan.Zero ? null : _ownTimeout;

    /// <summary>
    /// The same statements on the same sessions, each with a time of its own in the place of <c>command_timeout</c>: what waits when it is over
    /// is dropped, and what was sent is cancelled on the server; both end with a <see cref="PgTimeoutException"/>. Waiting is included, for an
    /// exclusive session too. Of rows that are streamed it counts to the first.
    /// </summary>
    /// <param name="timeout">1 ms to 24 days. Each command of a batch has it, all counted from the moment when the batch is run.</param>
    /// <returns>What to call once or to keep: it is as thread-safe as this object, and needs no disposal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is out of that range.</exception>
    /// <example><code>
    /// var total = await db.WithTimeout(TimeSpan.FromSeconds(2)).QuerySingleAsync&lt;decimal&gt;($"select sum(total) from orders");
    /// </code></example>
    public PgCommands WithTimeout(TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, LeastTimeout);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, MostTimeout);
        return new TimedCommands(this, _route, _window, timeout);
    }

    /// <summary>A query to be run when it is enumerated or subscribed to. The string's values become parameters.</summary>
    /// <typeparam name="T">What a row becomes; see <see cref="PgQuery{T}"/>.</typeparam>
    /// <param name="sql">One statement that returns rows.</param>
    [OverloadResolutionPriority(InterpolationFirst)]
    public PgQuery<T> Query<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(
        [InterpolatedStringHandlerArgument("")] ref PgSqlHandler sql) => Query<T>(sql.ToCommand());

    /// <summary>A query without parameters, to be run when it is enumerated or subscribed to.</summary>
    /// <typeparam name="T">What a row becomes; see <see cref="PgQuery{T}"/>.</typeparam>
    /// <param name="sql">One statement that returns rows. It is sent as it is, so it has to be a constant: of a text that is put together at run
    /// time, such as <c>"select " + $"… {value}"</c>, the compiler warns (CA1857). An interpolated string by itself makes its values
    /// parameters.</param>
    public PgQuery<T> Query<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>([ConstantExpected] string sql) =>
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
        [ConstantExpected] string sql, CancellationToken cancellationToken = default) =>
        QuerySingle<T>(new PgCommand(StatementTexts.Find(sql), null), isRequired: true, cancellationToken)!;

    /// <summary>Runs a statement that returns one row or none; none gives the default of <typeparamref name="T"/>.</summary>
    /// <inheritdoc cref="QuerySingleAsync{T}(ref PgSqlHandler, CancellationToken)"/>
    [OverloadResolutionPriority(InterpolationFirst)]
    public ValueTask<T?> QuerySingleOrDefaultAsync<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(
        [InterpolatedStringHandlerArgument("")] ref PgSqlHandler sql, CancellationToken cancellationToken = default) =>
        QuerySingle<T>(sql.ToCommand(), isRequired: false, cancellationToken);

    /// <inheritdoc cref="QuerySingleOrDefaultAsync{T}(ref PgSqlHandler, CancellationToken)"/>
    public ValueTask<T?> QuerySingleOrDefaultAsync<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(
        [ConstantExpected] string sql, CancellationToken cancellationToken = default) =>
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
    public ValueTask<long> ExecuteAsync([ConstantExpected] string sql, CancellationToken cancellationToken = default) =>
        Execute(new PgCommand(StatementTexts.Find(sql), null), cancellationToken);

    private PgQuery<T> Query<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(in PgCommand command) =>
        new(_route, Plan(command), TypeSource, command.Pending);

    /// <summary>What runs; of a command that waits for a type, all but the command itself.</summary>
    private RowStreamPlan Plan(in PgCommand command)
    {
        if (command.Pending is not null)
            return new RowStreamPlan(null!, 0, default, _window) { Timeout = OwnTimeout };
        var parameters = command.Parameters?.Memory.ToArray() ?? [];
        var count = command.Parameters?.Count ?? 0;
        var streams = command.Parameters?.Streams is { } streamed ? new QueryStreams(streamed) : null;
        command.Parameters?.Return();
        _route.Check(command.Statement);
        return new RowStreamPlan(command.Statement, count, parameters, _window) { Timeout = OwnTimeout, Streams = streams };
    }

    private protected ValueTask<T?> QuerySingle<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(
        in PgCommand command, bool isRequired, CancellationToken cancellationToken)
    {
        var request = RequestPool<SingleRowRequest<T>>.Rent();
        request.IsRequired = isRequired;
        return Run(request, command, cancellationToken);
    }

    private ValueTask<long> Execute(in PgCommand command, CancellationToken cancellationToken) =>
        Run(RequestPool<ExecuteRequest>.Rent(), command, cancellationToken);

    private protected ValueTask<TResult> Run<TResult>(
        RequestCompletion<TResult> request, in PgCommand command, CancellationToken cancellationToken)
    {
        if (command.Pending is { } pending)
            return RunWhenResolvedAsync(request, pending, cancellationToken);
        if (TypeSource.IsReviewDue && command.Statement.MayReturnValues && !request.KnowsColumns)
            return RunWhenReviewedAsync(request, command, cancellationToken);
        return RunNow(request, command, cancellationToken);
    }

    private ValueTask<TResult> RunNow<TResult>(RequestCompletion<TResult> request, in PgCommand command, CancellationToken cancellationToken)
    {
        request.Prepare(command, TypeSource, cancellationToken, OwnTimeout);
        Check(request, command.Statement);
        if (!cancellationToken.IsCancellationRequested)
            return _route.Run(request, cancellationToken);
        request.Withdraw();
        return ValueTask.FromException<TResult>(RequestFailure.GivenUp(_route.Server, null, cancellationToken));
    }

    // What is refused is refused before anything is sent, be it for its sake only.
    private void Check<TResult>(RequestCompletion<TResult> request, SqlStatement statement)
    {
        try
        {
            _route.Check(statement);
        }
        catch
        {
            request.Withdraw();
            throw;
        }
    }

    private async ValueTask<TResult> RunWhenReviewedAsync<TResult>(
        RequestCompletion<TResult> request, PgCommand command, CancellationToken cancellationToken)
    {
        Check(request, command.Statement);
        var since = TypeSource.Time.GetTimestamp();
        await TypeSource.ReviewAsync(OwnTimeout, cancellationToken).ConfigureAwait(false);
        if (OwnTimeout is not null)
            request.BeginWaiting(since);
        return await RunNow(request, command, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<TResult> RunWhenResolvedAsync<TResult>(
        RequestCompletion<TResult> request, PendingCommand pending, CancellationToken cancellationToken)
    {
        PgCommand command;
        try
        {
            command = await pending.ResolveAsync().ConfigureAwait(false);
        }
        catch
        {
            request.Withdraw();
            throw;
        }

        return await Run(request, command, cancellationToken).ConfigureAwait(false);
    }
}
