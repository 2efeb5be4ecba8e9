using PgActors.Rows;
using PgActors.Runtime;

namespace PgActors.Sessions;

/// <summary>
/// One command on its way: what is to be sent, and what becomes of the answer. The methods named On… are called inside a turn of the session
/// that holds it, so they store and never run user code; what <see cref="TakeCompletion"/> names runs when the turn is over.
/// </summary>
public abstract class SessionRequest : AfterTurnWork, IMailboxWork
{
    // Frame headers, formats and the fixed messages around a command; an estimate for the mailbox's byte bound.
    private const int Overhead = 64;

    // Invariant: written before the request is posted, and then only by the holder, in its turn, which afterwards leaves the request alone.
    // So at most one session at a time may find itself here and change the rest; released and acquired, that it finds it as it was left.
    private SessionActor? _holder;

    // The first of the group that it is of, unless that is itself: while one of a group waits they all do, and they end together.
    private SessionRequest? _groupFirst;

    /// <summary>What to run.</summary>
    public SqlStatement Statement { get; protected set; } = null!;

    /// <summary>How many parameters.</summary>
    public int ParameterCount { get; protected set; }

    /// <summary>The parameters as they go on the wire: for each a length word and its binary form. Must stay as it is until the request
    /// has ended.</summary>
    public ReadOnlyMemory<byte> Parameters { get; protected set; }

    /// <summary>Simple or extended.</summary>
    public CommandProtocol Protocol { get; protected init; }

    /// <summary>Rows per Execute; 0 is all of them. Needs an exclusive session. It may change between two fetches, in
    /// <see cref="OnSuspended"/>.</summary>
    public int RowLimit { get; protected set; }

    /// <summary>The portal to bind and to execute, in UTF-8; empty: the unnamed one. A named one lives until its transaction ends, so that each
    /// fetch from it is a request of its own.</summary>
    public ReadOnlyMemory<byte> Portal { get; protected init; }

    /// <summary>Whether it executes a portal that an earlier request has bound.</summary>
    public bool IsFetch { get; protected init; }

    /// <summary>A portal that nobody needs any more, to be closed on the way; empty: none.</summary>
    public ReadOnlyMemory<byte> PortalToClose { get; protected set; }

    /// <summary>The time that it has, waiting included, instead of what its session gives to all; <see langword="null"/> for that.</summary>
    public TimeSpan? Timeout { get; protected set; }

    /// <summary>Bytes of rows that may lie with the consumer before the session stops receiving; 0 is no limit. A limit needs an
    /// exclusive session.</summary>
    public long Window { get; protected init; }

    /// <summary>Whether its rows may come in pieces, so that none is too large: batches then hold bytes of DataRow frames, one behind the
    /// other, and begin and end anywhere. Needs <see cref="Window"/>.</summary>
    public bool TakesPieces { get; protected init; }

    /// <summary>Whether a Sync stands behind it. A request without one is of a group: it shares the fate of those that follow it
    /// (<see cref="Following"/>), up to the first that has one.</summary>
    public bool Syncs { get; protected set; } = true;

    /// <summary>Whether its Sync need not stand right behind it: it is inside a transaction block, and its caller would not mind to be told of its
    /// end together with that of others of the same statement that were posted with it.</summary>
    public bool MayShareSync { get; internal set; }

    /// <summary>Whether its poster has nothing to do before it is answered: see <see cref="IMailboxWork.IsAwaited"/>. Of a series that of the
    /// first counts.</summary>
    public bool IsAwaited { get; internal set; } = true;

    /// <summary>The request that is to be written right behind this one, with nobody's between them; <see langword="null"/> if none. Posting
    /// the first of such a series posts them all; from then on the links are the sessions', which undo them one by one.</summary>
    public SessionRequest? Following { get; protected internal set; }

    /// <summary>Whether its columns, if any, are known to come in binary, whatever the database: it never has to be described before it
    /// runs.</summary>
    public bool KnowsColumns { get; protected init; }

    /// <summary>What it and those that follow it hold on to, in bytes.</summary>
    public int Bytes
    {
        get
        {
            var bytes = 0L;
            for (var request = this; request is not null; request = request.Following)
                bytes += Overhead + request.Statement.Utf8.Length + request.Parameters.Length;
            return (int)Math.Min(bytes, int.MaxValue);
        }
    }

    /// <summary>How far it is.</summary>
    public SessionRequestState State { get; internal set; }

    /// <summary>The session's number for it, while it is in flight.</summary>
    public RequestId Id { get; internal set; }

    /// <summary>Whether the user wants it cancelled.</summary>
    public bool CancelWanted { get; internal set; }

    /// <summary>Ends a request that no session has taken, the group that it is of and those that follow it, inside a turn of the host that
    /// holds them. A request that does not wait stays as it is.</summary>
    /// <param name="failure">Why no session can take it; <see langword="null"/> if the user cancelled it.</param>
    /// <param name="server">Host and port of the server that it was meant for.</param>
    /// <param name="host">Gets what must run once the turn is over.</param>
    /// <returns>Whether any of them waited, and has ended now.</returns>
    public bool TryEndUnsent(SessionFailure? failure, string server, ISessionHost host)
    {
        var any = false;
        for (SessionRequest? request = _groupFirst ?? this, next; request is not null; request = next)
        {
            // Read before: whoever is told of the last end may use the request for something else.
            next = request.Following;
            any |= request.TryEndAlone(failure, server, host);
        }

        return any;
    }

    /// <summary>Ends a request whose deadline has passed while it waited, and those that follow it, inside a turn of the session that holds
    /// them. They stay where they are and are passed over there.</summary>
    /// <param name="hindrance">What kept them from being sent, if that is known.</param>
    /// <param name="server">Host and port of the server that they were meant for.</param>
    /// <param name="host">Gets what must run once the turn is over.</param>
    internal void EndOverdue(SessionFailure? hindrance, string server, ISessionHost host)
    {
        for (SessionRequest? request = this, next; request is not null; request = next)
        {
            next = request.Following;
            if (request.State != SessionRequestState.Waiting)
                continue;
            request.IsLeftBehind = true;
            request.MarkOverdue();
            request.EndUnsent(hindrance, server, host);
        }
    }

    /// <summary>Its deadline has passed: it ends for that reason, whatever is said of it from now on.</summary>
    internal void MarkOverdue() => (IsOverdue, CancelWanted) = (true, true);

    /// <summary>It and those that follow it are given to a session for the first time, before they are posted. If one of them has a time of
    /// its own, all have that.</summary>
    internal void Begin(long now, TimeSpan? deadline)
    {
        for (var request = this; request is not null; request = request.Following)
        {
            if (request.Timeout is not { } own)
                continue;
            deadline = own;
            break;
        }

        for (var request = this; request is not null; request = request.Following)
        {
            request.Since ??= now;
            request.Deadline ??= deadline;
        }
    }

    /// <summary>Its time runs from then on, although it has not been given to a session: it waits for one.</summary>
    internal void BeginWaiting(long since) => Since = since;

    /// <summary>The time since it was first given to a session; <see langword="null"/> if it never was.</summary>
    internal TimeSpan? ElapsedBy(TimeProvider time) => Since is { } since ? time.GetElapsedTime(since) : null;

    /// <summary>The time that is left of its own; <see langword="null"/> for no limit.</summary>
    internal TimeSpan? TimeLeftBy(TimeProvider time) => Deadline is { } deadline ? deadline - ElapsedBy(time) : null;

    /// <summary>The Sync behind it is taken back for the next one's.</summary>
    internal void PutOffSync() => (Syncs, SharesSync) = (false, true);

    /// <summary>It has a Sync of its own after all.</summary>
    internal void KeepSync() => (Syncs, SharesSync) = (true, false);

    /// <summary>Its consumer has what it waited for; from here on its own pace counts.</summary>
    internal void DropDeadline() => Deadline = null;

    /// <summary>Makes it as new, to be posted again as another command.</summary>
    internal void Renew()
    {
        State = SessionRequestState.Waiting;
        CancelWanted = IsOverdue = AvoidsNames = MayShareSync = SharesSync = false;
        IsAwaited = true;
        Timeout = null;
        Since = null;
        Deadline = null;
        _groupFirst = null;
        SeriesFirst = null;
    }

    /// <summary>The first of the series that it was posted with; <see langword="null"/> if it was posted alone.</summary>
    internal SessionRequest? SeriesFirst { get; private set; }

    /// <summary>Whether it or one of those that follow it waits.</summary>
    internal bool Waits
    {
        get
        {
            for (var request = this; request is not null; request = request.Following)
            {
                if (request.State == SessionRequestState.Waiting)
                    return true;
            }

            return false;
        }
    }

    /// <summary>Those of its parameters that are read while they are sent; <see langword="null"/> if none is. Needs an exclusive session.</summary>
    internal ParameterFeed? Feed { get; set; }

    internal PreparedStatement? Prepared { get; set; }

    /// <summary>The statement whose Close was written in front of it and is not answered.</summary>
    internal PreparedStatement? Closing { get; set; }

    /// <summary>Whether the Sync behind it was put off for the next one's.</summary>
    internal bool SharesSync { get; set; }

    /// <summary>Whether it goes without a prepared statement of its own, since one failed it.</summary>
    internal bool AvoidsNames { get; set; }

    /// <summary>The columns of its rows in this execution, once known.</summary>
    internal RowLayout? Described { get; set; }

    /// <summary>Whether rows have been handed over: it cannot begin again then unless they are dropped.</summary>
    internal bool HasRows { get; set; }

    /// <summary>When it was first given to a session; <see langword="null"/> if never.</summary>
    internal long? Since { get; private set; }

    /// <summary>The time that it has from <see cref="Since"/>; <see langword="null"/> for no limit.</summary>
    internal TimeSpan? Deadline { get; private set; }

    /// <summary>Whether its deadline has passed and that is why it ends.</summary>
    internal bool IsOverdue { get; private set; }

    /// <summary>Whether it has ended and yet stands in a session's queue, which will pass it over: it must not be used again.</summary>
    internal bool IsLeftBehind { get; private set; }

    /// <summary>Whether a failure of it cannot be made good by running it once more: it is in a transaction, or may have committed.</summary>
    internal bool IsFinal { get; set; }

    /// <summary>Whether it was written without a Parse, relying on what the session had prepared.</summary>
    internal bool ReusesStatement { get; set; }

    /// <summary>The session that has it, or has been promised it. Whoever sees an earlier one and asks there is sent on.</summary>
    internal SessionActor? Holder
    {
        get => Volatile.Read(in _holder);
        set => Volatile.Write(ref _holder, value);
    }

    /// <summary>The columns of the rows that follow.</summary>
    public abstract void OnDescribed(RowLayout layout);

    /// <summary>Rows.</summary>
    /// <param name="batch">The rows; the request owns the batch and must release it.</param>
    /// <param name="host">Where to hand in what must run when the turn is over.</param>
    public abstract void OnRows(RowBatch batch, ISessionHost host);

    /// <summary>One of the results of a simple query is complete.</summary>
    /// <param name="tag">What was done; <see langword="null"/> for an empty statement.</param>
    public virtual void OnResult(Protocol.CommandTag? tag)
    {
    }

    /// <summary>The row limit was reached, and the next fetch is about to be sent; for a portal without a name.</summary>
    public virtual void OnSuspended()
    {
    }

    /// <summary>What came so far does not count: the request will run again from its beginning.</summary>
    public abstract void OnRunAgain();

    /// <summary>It has ended. <see cref="TakeCompletion"/> follows at once.</summary>
    public abstract void OnEnded(in RequestEnd end);

    /// <summary>What is to run once the turn in which it ended is over: itself, unless it is one of several whose caller waits for all.
    /// Asked once, and the session's last touch of it.</summary>
    /// <returns><see langword="null"/> if nothing is.</returns>
    public virtual AfterTurnWork? TakeCompletion() => this;

    /// <inheritdoc/>
    public virtual bool IsCompletedBy(AfterTurnWork completion) => ReferenceEquals(this, completion);

    /// <summary>The session that has it could not send it, is over, and has no sibling that could; asked of the first of what was posted
    /// together, inside a turn of that session. Whoever made it may look for another session.</summary>
    /// <param name="session">The session, which goes on holding it until it is told <see cref="SessionActor.HandOver"/>.</param>
    /// <param name="failure">Why the session is over.</param>
    /// <returns>What looks, once the turn is over; <see langword="null"/> to end unsent.</returns>
    internal virtual AfterTurnWork? SeekSession(SessionActor session, SessionFailure failure) => null;

    /// <summary>A session has it now, or has been promised it, and all that follow it.</summary>
    internal void HoldBy(SessionActor session)
    {
        SessionRequest? first = null;
        var seriesFirst = Following is null ? SeriesFirst : this;
        for (var request = this; request is not null; request = request.Following)
        {
            request.Holder = session;
            request.SeriesFirst = seriesFirst;
            request._groupFirst = first;
            first = request.Syncs ? null : first ?? request;
        }
    }

    /// <summary>Asks whichever session has it for its cancel. It must have been accepted by one.</summary>
    protected void CancelAtHolder() => Holder!.Cancel(this);

    private bool TryEndAlone(SessionFailure? failure, string server, ISessionHost host)
    {
        if (State != SessionRequestState.Waiting)
            return false;
        CancelWanted = failure is null;
        EndUnsent(failure, server, host);
        return true;
    }

    private void EndUnsent(SessionFailure? failure, string server, ISessionHost host)
    {
        State = SessionRequestState.Ended;
        var end = new FinishedCommand(default, CommandEnd.NotSent, null, default, default, false, Statement.Safety);
        OnEnded(new RequestEnd(end, failure, CancelWanted, server, 0)
        {
            Deadline = IsOverdue ? Deadline : null,
            HasOwnDeadline = Timeout is not null,
            Elapsed = ElapsedBy(host.Runtime.Time),
        });
        if (TakeCompletion() is { } completion)
            host.RunAfterTurn(completion);
    }
}
