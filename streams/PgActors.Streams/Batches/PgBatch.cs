using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using PgActors.Batches;
using PgActors.Requests;
using PgActors.Routes;
using PgActors.Rows.Mapping;
using PgActors.Sessions;
using PgActors.Statements;
using PgActors.Types;

namespace PgActors;

/// <summary>
/// Commands that are sent together, in one round trip: to one session, one behind the other, and nobody else's between them. Each call that
/// adds one gives the place where its result will be; <see cref="RunAsync"/> runs them all, once.
/// </summary>
/// <remarks>Not thread-safe while it is filled. All results are in memory at the end: for many rows use a row stream, for many commands of
/// one kind <c>ExecuteManyAsync</c>.</remarks>
/// <example><code>
/// var batch = db.CreateBatch(BatchMode.Atomic);
/// var order = batch.QuerySingle&lt;long&gt;($"insert into orders (customer) values ({customer}) returning id");
/// batch.Execute($"update customers set orders = orders + 1 where id = {customer}");
/// var open = batch.Query&lt;(long, decimal)&gt;($"select id, total from orders where customer = {customer}");
/// await batch.RunAsync();
/// Console.WriteLine($"{order.Result} is one of {open.Result.Count}");
/// </code></example>
public sealed class PgBatch
{
    // See PgCommands.
    private const int InterpolationFirst = 1;

    private readonly CommandRoute _route;
    private readonly TimeSpan? _timeout;

    // The batch's until it has run, then the next one's; null from then on.
    private CommandSeries? _series = RequestPool<CommandSeries>.Rent();

    internal PgBatch(CommandRoute route, TypeSource types, BatchMode mode, TimeSpan? timeout)
    {
        _timeout = timeout;
        _route = route;
        Types = types;
        Mode = mode;
    }

    /// <summary>Whether the commands share a fate.</summary>
    public BatchMode Mode { get; }

    /// <summary>Commands added so far; 0 once it has run.</summary>
    public int Count => _series?.Count ?? 0;

    internal TypeSource Types { get; }

    private CommandSeries Filling => _series ?? throw new InvalidOperationException("The batch has run. Make a new one with CreateBatch.");

    /// <summary>Adds a statement whose rows, if any, do not matter.</summary>
    /// <param name="sql">The statement; its values become parameters.</param>
    /// <returns>Where to find how many rows it inserted, updated, deleted or selected.</returns>
    /// <exception cref="PgUsageException">The statement cannot go where the batch goes; it was not added.</exception>
    /// <exception cref="InvalidOperationException">The batch has run.</exception>
    [OverloadResolutionPriority(InterpolationFirst)]
    public PgBatchResult<long> Execute([InterpolatedStringHandlerArgument("")] ref PgSqlHandler sql) =>
        Add(sql.ToCommand(), new CountResult(Count));

    /// <inheritdoc cref="Execute(ref PgSqlHandler)"/>
    public PgBatchResult<long> Execute([ConstantExpected] string sql) =>
        Add(new PgCommand(StatementTexts.Find(sql), null), new CountResult(Count));

    /// <summary>Adds a statement that returns exactly one row.</summary>
    /// <typeparam name="T">What the row becomes; see <see cref="PgQuery{T}"/>.</typeparam>
    /// <param name="sql">The statement; its values become parameters.</param>
    /// <returns>Where to find the row.</returns>
    /// <exception cref="PgUsageException">The statement cannot go where the batch goes; it was not added.</exception>
    /// <exception cref="InvalidOperationException">The batch has run.</exception>
    [OverloadResolutionPriority(InterpolationFirst)]
    public PgBatchResult<T> QuerySingle<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(
        [InterpolatedStringHandlerArgument("")] ref PgSqlHandler sql) =>
        Add(sql.ToCommand(), new RowResult<T>(Count, isRequired: true, Types));

    /// <inheritdoc cref="QuerySingle{T}(ref PgSqlHandler)"/>
    public PgBatchResult<T> QuerySingle<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>([ConstantExpected] string sql) =>
        Add(new PgCommand(StatementTexts.Find(sql), null), new RowResult<T>(Count, isRequired: true, Types));

    /// <summary>Adds a statement that returns one row or none; none gives the default of <typeparamref name="T"/>.</summary>
    /// <inheritdoc cref="QuerySingle{T}(ref PgSqlHandler)"/>
    [OverloadResolutionPriority(InterpolationFirst)]
    public PgBatchResult<T?> QuerySingleOrDefault<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(
        [InterpolatedStringHandlerArgument("")] ref PgSqlHandler sql) =>
        Add(sql.ToCommand(), new RowResult<T?>(Count, isRequired: false, Types));

    /// <inheritdoc cref="QuerySingleOrDefault{T}(ref PgSqlHandler)"/>
    public PgBatchResult<T?> QuerySingleOrDefault<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>([ConstantExpected] string sql) =>
        Add(new PgCommand(StatementTexts.Find(sql), null), new RowResult<T?>(Count, isRequired: false, Types));

    /// <summary>Adds a statement whose rows are wanted, all of them.</summary>
    /// <returns>Where to find the rows.</returns>
    /// <inheritdoc cref="QuerySingle{T}(ref PgSqlHandler)"/>
    [OverloadResolutionPriority(InterpolationFirst)]
    public PgBatchResult<IReadOnlyList<T>> Query<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(
        [InterpolatedStringHandlerArgument("")] ref PgSqlHandler sql) => Add(sql.ToCommand(), new ListResult<T>(Count, Types));

    /// <inheritdoc cref="Query{T}(ref PgSqlHandler)"/>
    public PgBatchResult<IReadOnlyList<T>> Query<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>([ConstantExpected] string sql) =>
        Add(new PgCommand(StatementTexts.Find(sql), null), new ListResult<T>(Count, Types));

    /// <summary>Runs all commands and waits until each has ended. Fails if any of them did.</summary>
    /// <param name="cancellationToken">Cancels all that have not ended, on the server if they are there already. Those that were not sent
    /// never are, unless they are bound to a transaction of which a part was.</param>
    /// <exception cref="PgException">A command did not succeed: the exception is that of the first one that failed, or else the first whose
    /// effect is unknown, or else the first that was not sent; its <see cref="PgException.BatchIndex"/> says which. What became of the
    /// others is in their results.</exception>
    /// <exception cref="PgCanceledException">It was cancelled before all had ended.</exception>
    /// <exception cref="InvalidOperationException">It has run before.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask RunAsync(CancellationToken cancellationToken = default)
    {
        var (_, first) = await RunAllAsync(cancellationToken).ConfigureAwait(false);
        if (first is not null)
            throw first;
    }

    /// <summary>Runs all commands and waits until each has ended. Does not fail because a command did, or because the batch was cancelled: that
    /// is in the results.</summary>
    /// <param name="cancellationToken">As for <see cref="RunAsync"/>.</param>
    /// <returns>How many ended in which way.</returns>
    /// <exception cref="InvalidOperationException">It has run before.</exception>
    public async ValueTask<PgBatchCounts> TryRunAsync(CancellationToken cancellationToken = default) =>
        (await RunAllAsync(cancellationToken).ConfigureAwait(false)).Counts;

    internal ParameterBuffer BeginParameters() => Filling.BeginParameters();

    private TResult Add<TResult>(in PgCommand command, TResult result)
        where TResult : PgBatchResult
    {
        var series = Filling;
        if (command.Pending is null)
            CommandSeries.Check(command.Statement, _route, Mode == BatchMode.Atomic);
        series.Add(command, result);
        return result;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<(PgBatchCounts Counts, Exception? First)> RunAllAsync(CancellationToken cancellationToken)
    {
        var series = Filling;
        _series = null;
        if (series.Count == 0)
            return default;
        if (Types.IsReviewDue && series.MayReturnValues)
            await Types.ReviewAsync(_timeout, cancellationToken).ConfigureAwait(false);
        var refusal = await series.StartAsync(_route, Mode == BatchMode.Atomic, isAwaited: true, _timeout, cancellationToken).ConfigureAwait(false);
        try
        {
            if (refusal is not null)
                return TakeRefusal(series, refusal);
            await series.Ended.ConfigureAwait(false);
            series.StopListening();
            await PrepareResultsAsync(series).ConfigureAwait(false);
            return TakeResults(series, cancellationToken);
        }
        finally
        {
            series.ReturnToPool();
        }
    }

    private static (PgBatchCounts Counts, Exception? First) TakeRefusal(CommandSeries series, Exception refusal)
    {
        for (var step = series.First; step is not null; step = step.NextStep)
            step.Result!.OnRefused(refusal);
        return (default(PgBatchCounts) with { NotSent = series.Count }, refusal);
    }

    // What cannot be looked up shows when the rows are decoded.
    private static async ValueTask PrepareResultsAsync(CommandSeries series)
    {
        for (var step = series.First; step is not null; step = step.NextStep)
        {
            if (step.End.Succeeded && step.Result!.PrepareResult(step) is { } preparation)
                await preparation.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static (PgBatchCounts Counts, Exception? First) TakeResults(
        CommandSeries series, CancellationToken cancellationToken)
    {
        var counts = default(PgBatchCounts);
        PgBatchResult? first = null;
        var culprit = FindCulprit(series);
        for (var step = series.First; step is not null; step = step.NextStep)
        {
            var result = step.Result!;
            var end = StepEnd.Of(step, series.Count);
            result.OnEnded(step, end, end.BecauseOf < 0 ? null : culprit, cancellationToken);
            counts = counts.With(end.Kind);
            if (Weight(end.Kind) > (first is null ? 0 : Weight(first.End)))
                first = result;
        }

        return (counts, first?.Exception);
    }

    // At most one command of a transaction fails by itself.
    private static PgBatchResult? FindCulprit(CommandSeries series)
    {
        for (var step = series.First; step is not null; step = step.NextStep)
        {
            if (step.SharesFate && step.End.Command is { BlamedOn: var blamed, Error: not null } && blamed == RequestId.None)
                return step.Result;
        }

        return null;
    }

    // Which end says most about why a batch failed.
    private static int Weight(BatchEnd end) => end switch
    {
        BatchEnd.Pending or BatchEnd.Succeeded => 0,
        BatchEnd.Skipped or BatchEnd.RolledBack => 1,
        BatchEnd.NotSent => 2,
        BatchEnd.Unknown => 3,
        BatchEnd.Failed => 4,
    };
}
