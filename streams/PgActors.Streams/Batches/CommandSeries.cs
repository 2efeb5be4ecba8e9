using System.Threading.Tasks.Sources;
using PgActors.Requests;
using PgActors.Routes;
using PgActors.Runtime;
using PgActors.Sessions;
using PgActors.Statements;

namespace PgActors.Batches;

/// <summary>
/// Commands that are posted as one and written one behind the other, with all their parameters in one buffer and one caller that waits for
/// the end of all. Used by one caller at a time; may be used again once it has been recycled.
/// </summary>
internal sealed class CommandSeries : AfterTurnWork, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _ended;
    private ParameterBuffer? _buffer;
    private SeriesStep? _last;
    private int _written;
    private bool _hasPending;
    private CancellationTokenRegistration _registration;

    // Commands that have not ended. Invariant: counted down once by the end of each, in the turns of whichever sessions hold them, hence
    // interlocked; whoever takes the last one completes the series, and nobody touches it or its commands after its own count.
    private int _left;

    // A cancel was posted that names the commands: see RequestCompletion. Written by the token's callback, read once that can no longer run.
    private bool _isNamedByCancel;

    /// <summary>The first command; <see langword="null"/> if there is none.</summary>
    public SeriesStep? First { get; private set; }

    public int Count { get; private set; }

    /// <summary>Whether a parameter is read while it is sent: the session that sends it is then nobody else's.</summary>
    public bool HasStreams { get; private set; }

    /// <summary>Whether a command may return rows, as far as is known by now: of one that is pending, nothing is.</summary>
    public bool MayReturnValues { get; private set; }

    /// <summary>Before it is posted: what to do when it has ended.</summary>
    public Action? Release { private get; set; }

    /// <summary>Bytes of parameters.</summary>
    public int Bytes => _written;

    /// <summary>Completes when every command has ended. After <see cref="StartAsync"/>, once.</summary>
    public ValueTask Ended => new(this, _ended.Version);

    /// <summary>Where the parameters of the next command are written. What a command that came to nothing wrote is forgotten.</summary>
    public ParameterBuffer BeginParameters()
    {
        var buffer = _buffer ??= ParameterBuffer.Rent();
        buffer.Writer.Truncate(_written);
        buffer.Count = 0;
        buffer.Streams = null;
        return buffer;
    }

    /// <summary>Refuses what must not go where a series goes.</summary>
    /// <exception cref="PgUsageException">It must not; the message says why.</exception>
    public static void Check(SqlStatement statement, CommandRoute route, bool isAtomic)
    {
        route.Check(statement);
        if (isAtomic && statement.StandsAlone)
        {
            throw new PgUsageException(
                "The statement cannot be a part of a transaction, which an atomic batch is; it was not added. Run it by itself with ExecuteAsync, "
                + $"or make the batch independent.\n  {statement}");
        }
    }

    /// <summary>Adds a command whose parameters, if it has any, were written into the series' own buffer, and which was checked; or one that is
    /// pending, and is checked when it is not any more.</summary>
    /// <exception cref="PgUsageException">It is over a limit of the protocol.</exception>
    public void Add(in PgCommand command, PgBatchResult? result)
    {
        var length = 0;
        if (command.Pending is null)
        {
            length = (command.Parameters?.Writer.Length ?? _written) - _written;
            CheckLimits(command, length);
        }

        var step = RequestPool<SeriesStep>.Rent();
        step.Prepare(this, Count++, command, _written, result);
        _written += length;
        _hasPending |= command.Pending is not null;
        MayReturnValues |= command.Pending is not null || command.Statement.MayReturnValues;
        if (_last is null)
            First = step;
        else
            _last.Append(step);
        _last = step;
    }

    /// <summary>Posts all commands as one, as soon as there is room for them. The token cancels them all.</summary>
    /// <returns><see langword="null"/> if they are on their way; otherwise why none of them is.</returns>
    /// <param name="route">Where to.</param>
    /// <param name="isAtomic">Whether they share a fate.</param>
    /// <param name="isAwaited">Whether the caller has nothing to do before all have ended.</param>
    /// <param name="timeout">The time that each has; <see langword="null"/> for the session's.</param>
    /// <param name="cancellationToken">Cancels them all.</param>
    public async ValueTask<Exception?> StartAsync(
        CommandRoute route, bool isAtomic, bool isAwaited, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return RequestFailure.GivenUp(route.Server, null, cancellationToken);
        if (_hasPending && await ResolveAsync(route, isAtomic).ConfigureAwait(false) is { } unresolved)
            return unresolved;
        _left = Count;
        var parameters = _buffer?.Memory ?? default;
        for (var step = First; step is not null; step = step.NextStep)
            step.Link(parameters, isAtomic, isAwaited, timeout);
        if (await route.PostAsync(First!, cancellationToken).ConfigureAwait(false) is { } refusal)
            return refusal;
        if (cancellationToken.CanBeCanceled)
            _registration = cancellationToken.UnsafeRegister(static series => ((CommandSeries)series!).Cancel(), this);
        return null;
    }

    /// <summary>A command has ended, inside a session's turn.</summary>
    /// <returns>What is to run after the turn: the series itself behind the last of them.</returns>
    public AfterTurnWork? OnStepEnded() => Interlocked.Decrement(ref _left) == 0 ? this : null;

    /// <summary>The turn is over: the caller may go on.</summary>
    public override void Execute()
    {
        Release?.Invoke();
        Release = null;
        if (HasStreams)
            FinishAfterStreams();
        else
            _ended.SetResult(true);
    }

    /// <summary>A command has streams.</summary>
    public void OnStreams() => HasStreams = true;

    /// <summary>Waits, if the cancel's callback runs right now, until it has: after this nobody new gets to know the commands.</summary>
    public void StopListening()
    {
        _registration.Dispose();
        _registration = default;
    }

    /// <summary>Lets go of all commands, ended or never sent. Then it is empty and may be filled again.</summary>
    public void Recycle()
    {
        for (SeriesStep? step = First, next; step is not null; step = next)
        {
            next = step.NextStep;
            step.Recycle(_isNamedByCancel);
        }

        First = _last = null;
        Count = 0;
        _written = 0;
        _hasPending = false;
        HasStreams = MayReturnValues = false;
        Release = null;
        _buffer?.Return();
        _buffer = null;
        _isNamedByCancel = false;
        _ended.Reset();
    }

    /// <summary>Lets go of all commands, and of itself.</summary>
    public void ReturnToPool()
    {
        Recycle();
        RequestPool<CommandSeries>.Return(this);
    }

    void IValueTaskSource.GetResult(short token) => _ended.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _ended.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _ended.OnCompleted(continuation, state, token, flags);

    private async void FinishAfterStreams()
    {
        for (var step = First; step is not null; step = step.NextStep)
            await step.StopStreamsAsync().ConfigureAwait(false);
        _ended.SetResult(true);
    }

    private static void CheckLimits(in PgCommand command, int parameterBytes)
    {
        if (CommandLimits.ProblemOf(command.Statement, command.Parameters?.Count ?? 0, parameterBytes) is { } problem)
            throw new PgUsageException(problem);
    }

    // What one of them misses is mostly what the others do: then it is looked up once.
    private async ValueTask<Exception?> ResolveAsync(CommandRoute route, bool isAtomic)
    {
        for (var step = First; step is not null; step = step.NextStep)
        {
            if (step.Pending is not { } pending)
                continue;
            try
            {
                var command = await pending.ResolveAsync().ConfigureAwait(false);
                step.Resolve(command);
                CheckLimits(command, command.Parameters?.Writer.Length ?? 0);
                Check(command.Statement, route, isAtomic);
            }
            catch (Exception refused) when (refused is PgException or PgCanceledException)
            {
                return refused;
            }
        }

        return null;
    }

    private void Cancel()
    {
        _isNamedByCancel = true;
        for (var step = First; step is not null; step = step.NextStep)
            step.Cancel();
    }
}
