using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using PgActors.Batches;
using PgActors.Leases;
using PgActors.Queries;
using PgActors.Requests;
using PgActors.Routes;
using PgActors.Routing;
using PgActors.Sessions;
using PgActors.Statements;
using PgActors.Types;

namespace PgActors.Transactions;

/// <summary>
/// The route of a transaction: everything to its session, the first statement with BEGIN in front of it and under the same Sync, so that it
/// costs no round trip and never runs outside. It knows whether the transaction can still do something, and takes no statement when it cannot.
/// </summary>
internal sealed partial class TransactionRoute : CommandRoute, IRequestWitness, ITypeSession
{
    private readonly SessionHold _hold;
    private readonly SqlStatement _begin;
    private readonly TimeSpan? _resolution;
    private readonly bool _mayWrite;
    private readonly Action _release;

    // Nobody reads from these any more; each is closed by the next command that passes.
    private readonly ConcurrentQueue<ReadOnlyMemory<byte>> _portals = new();
    private int _lastPortal;

    // Invariant: of the callers and the session's turns, whoever changes it by compare-and-exchange does what the change stands for. Only a
    // turn leaves Beginning, once what carries BEGIN has ended; only the one who entered Ending leaves it.
    private volatile TransactionPhase _phase;

    // What carried BEGIN last, for whoever gives the transaction up before that has ended.
    private volatile BeginRequest? _beginning;

    // Held while the phase is Beginning: from right after that is entered to right after it is left.
    private readonly BeginLine _line;

    // Written by the session's turns; read by callers, who were told of the end after it.
    private volatile TransactionError? _firstError;
    private ulong _identity;
    private int _isAskingIdentity;

    /// <summary>Makes the route of a transaction of which nothing was sent yet.</summary>
    /// <param name="hold">Its session.</param>
    /// <param name="options">How it begins.</param>
    /// <param name="connection">The database's options.</param>
    /// <param name="release">Run once, when it is over and the session is free of it.</param>
    public TransactionRoute(SessionHold hold, PgTransactionOptions options, PgConnectionOptions connection, Action release)
    {
        _hold = hold;
        _release = release;
        _begin = StatementTexts.Find(options.BeginText);
        _mayWrite = options.IsReadOnly != true;
        _resolution = connection.CommitResolution;
        _line = new BeginLine(this, hold.Pool.Runtime.Dispatcher);
    }

    /// <summary>Who takes another session to begin on if its own is lost before anything was sent; <see langword="null"/> for one that begins on
    /// a session of the user's, which must not move.</summary>
    public LeaseHolder? Mover { get; init; }

    public SessionActor Session => _hold.Session;

    public override string Server => Session.Server;

    public ulong? Identity => Volatile.Read(in _identity) is var identity and not 0 ? identity : null;

    public TransactionPhase Phase => _phase;

    public TransactionError? FirstError => _firstError;

    public override void Check(SqlStatement statement)
    {
        CheckUsable();
        var problem = statement.Verb switch
        {
            StatementVerb.Data or StatementVerb.Other or StatementVerb.Session => null,
            StatementVerb.Transaction => "begins or ends a transaction, which is this object's to do; it was not sent. Use CommitAsync, "
                + "RollbackAsync or SavepointAsync.",
            StatementVerb.Copy => "turns its connection into a stream of data; it was not sent. Write many rows with 'insert into … select * "
                + "from unnest(…)' and arrays as parameters; read them with Query.",
        };
        if (problem is not null)
            throw new PgUsageException($"The statement {problem}\n  {statement}");
    }

    public override ValueTask<TResult> Run<TResult>(RequestCompletion<TResult> request, CancellationToken cancellationToken)
    {
        _hold.Note(request.Statement);
        SessionRequest? first;
        try
        {
            first = Join(request, isNext: false);
        }
        catch
        {
            request.Withdraw();
            throw;
        }

        if (first is not null)
            return PostMember(request, first, cancellationToken);

        // Thousands may wait here. Who gives up while it waits must be told at once, for which the others need no object of their own.
        return !cancellationToken.CanBeCanceled && _line.TryJoin(request) ? request.Task : RunWhenBegunAsync(request, cancellationToken);
    }

    public override async ValueTask<Exception?> PostAsync(SeriesStep first, CancellationToken cancellationToken)
    {
        BeginPlace? place = null;
        try
        {
            SessionRequest? leader;
            while ((leader = JoinSeries(first, isNext: place is not null)) is null)
            {
                // Should BEGIN fail, what has a Sync of its own behind it would run without a transaction.
                if (Phase == TransactionPhase.NotBegun)
                    await BeginAsync(isNext: place is not null, cancellationToken).ConfigureAwait(false);
                place ??= await _line.EnterAsync(cancellationToken).ConfigureAwait(false);
                CheckUsable();
            }

            return await PostAsync(Session, leader, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception refusal) when (refusal is PgException or PgCanceledException)
        {
            return refusal;
        }
        finally
        {
            place?.Dispose();
        }
    }

    public override RowFeed Open(RowStreamPlan plan, CancellationToken cancellationToken) => new PortalFeed(this, plan, cancellationToken);

    // Before it has begun it has created nothing, and after its end it sees what all see.
    bool ITypeSession.CanLookUp => Phase == TransactionPhase.Open;

    bool ITypeSession.IsOutsideTransaction => false;

    ValueTask<IReadOnlyList<PgTypeDescription>> ITypeSession.LookUpAsync(CatalogRequest request, in PgCommand command)
    {
        request.Prepare(command, null, CancellationToken.None);
        return Run(request, CancellationToken.None);
    }

    /// <summary>Posts a fetch as soon as there is room and the transaction has begun.</summary>
    /// <exception cref="PgException">It was not posted.</exception>
    public async ValueTask PostAsync(PortalRequest request, CancellationToken cancellationToken)
    {
        _hold.Note(request.Statement);
        BeginPlace? place = null;
        try
        {
            SessionRequest? first;
            while (true)
            {
                CheckUsable();
                if ((first = Join(request, isNext: place is not null)) is not null)
                    break;
                place = await _line.EnterAsync(cancellationToken).ConfigureAwait(false);
            }

            if (await PostAsync(Session, first, cancellationToken).ConfigureAwait(false) is { } refusal)
                throw refusal;
        }
        finally
        {
            place?.Dispose();
        }
    }

    /// <summary>A name for the next portal.</summary>
    public ReadOnlyMemory<byte> NextPortal() =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"pga_{Interlocked.Increment(ref _lastPortal)}"));

    /// <summary>Nobody reads from a portal any more.</summary>
    public void Abandon(ReadOnlyMemory<byte> portal) => _portals.Enqueue(portal);

    /// <summary>Takes another session in the place of one that was lost before anything was sent.</summary>
    public ValueTask<SessionActor> MoveAsync(CancellationToken cancellationToken) => _hold.ReplaceAsync(Mover.GetValueOrDefault(), cancellationToken);

    /// <summary>Inside a turn: BEGIN has ended.</summary>
    public void OnBegun(in RequestEnd end)
    {
        if (IsGivenUp(end))
        {
            OnNotPosted();
            return;
        }

        if (end.Succeeded)
            Move(TransactionPhase.Beginning, TransactionPhase.Open);
        else
            Fail(end, end.Command.End == CommandEnd.RolledBack ? null : _begin);
        _line.Release();
    }

    /// <summary>Inside a turn: the server told the transaction's identity.</summary>
    public void OnIdentified(ulong identity) => Volatile.Write(ref _identity, identity);

    /// <summary>Inside a turn: the question for the identity has ended.</summary>
    public void OnIdentityAsked(in RequestEnd end)
    {
        Volatile.Write(ref _isAskingIdentity, 0);
        if (end.Command.End == CommandEnd.Failed)
            Fail(end, null);
    }

    RequestEnd IRequestWitness.OnEnded(SessionRequest request, in RequestEnd end)
    {
        if (end.Succeeded || IsGivenUp(end))
            return end;

        // COMMIT is posted from Ending only. Before that, whatever became of a statement goes when its session does.
        var isUndone = Phase is TransactionPhase.Beginning or TransactionPhase.Open or TransactionPhase.Failed;
        var known = isUndone && end.Command.Outcome == Outcome.Unknown ? Undone(end) : end;
        Fail(known, request.Statement);
        _line.Release();
        return known;
    }

    // The session is lost and nothing was sent: BEGIN looks for another, and for that must be held by somebody.
    protected override bool TakesUnsent(SessionActor closed, SessionRequest first)
    {
        if (Mover is null || first is not BeginRequest)
            return false;
        closed.Adopt(first);
        return true;
    }

    /// <summary>What was to carry BEGIN was not sent: the next one carries it.</summary>
    protected override void OnNotPosted()
    {
        Volatile.Write(ref _isAskingIdentity, 0);
        if (Move(TransactionPhase.Beginning, TransactionPhase.NotBegun))
            _line.Release();
    }

    private bool Move(TransactionPhase from, TransactionPhase to) => Interlocked.CompareExchange(ref _phase, to, from) == from;

    // Nothing of it was sent, and the transaction is as it was.
    private static bool IsGivenUp(in RequestEnd end) =>
        end.Command.End == CommandEnd.NotSent && (end.CancelWanted || end.Failure is { Kind: SessionFailureKind.PolicyRefused });

    private void CheckUsable()
    {
        switch (Phase)
        {
            case TransactionPhase.NotBegun:
            case TransactionPhase.Beginning:
            case TransactionPhase.Open:
                if (_hold.IsReleased)
                    throw new PgUsageException("The transaction's session was given back; what it had not committed was rolled back.");
                return;
            case TransactionPhase.Failed:
                throw new PgTransactionException(
                    "The transaction has failed, and takes no more statements; this one was not sent. Roll it back, or back to a savepoint "
                    + $"that was set before the error.{FirstErrorText}",
                    Outcome.NotSent,
                    Server,
                    _firstError?.ToException())
                {
                    Facts = new FailureFacts { Phase = CommandPhase.Waiting, Transaction = Session.Transaction },
                };
            case TransactionPhase.Ending:
            case TransactionPhase.Ended:
                throw HasEnded();
        }
    }

    private static RequestEnd Undone(in RequestEnd end)
    {
        var command = end.Command;
        return end with
        {
            Command = command with
            {
                End = command.End == CommandEnd.Lost ? CommandEnd.RolledBack : command.End,
                Safety = StatementSafety.RollsBack,
            },
        };
    }

    private static PgUsageException HasEnded() => new("The transaction has ended. Begin another one.");

    private string FirstErrorText => _firstError?.End.Command.Error is { } error ? $"\n  First error: {error}" : "";

    private void Fail(in RequestEnd end, SqlStatement? statement)
    {
        if (statement is not null)
            _firstError ??= new TransactionError(end, statement);
        if (!Move(TransactionPhase.Open, TransactionPhase.Failed))
            Move(TransactionPhase.Beginning, TransactionPhase.Failed);
    }
}
