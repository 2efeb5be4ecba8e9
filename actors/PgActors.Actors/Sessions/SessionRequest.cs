using PgActors.Rows;
using PgActors.Runtime;

namespace PgActors.Sessions;

/// <summary>
/// One command on its way: what is to be sent, and what becomes of the answer. The methods named On… are called inside a turn of the session
/// that holds it, so they store and never run user code; <see cref="AfterTurnWork.Execute"/> runs when the turn is over.
/// </summary>
public abstract class SessionRequest : AfterTurnWork, IMailboxWork
{
    // Frame headers, formats and the fixed messages around a command; an estimate for the mailbox's byte bound.
    private const int Overhead = 64;

    // Invariant: written before the request is posted, and then only by the holder, in its turn, which afterwards leaves the request alone.
    // So at most one session at a time may find itself here and change the rest; released and acquired, that it finds it as it was left.
    private SessionActor? _holder;

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

    /// <summary>Goes in front of this one, in the same write, if it still waits when this one is written. One request may stand in front of
    /// several; the first that is written takes it along. It is not posted, and hears nothing if it is not sent.</summary>
    public SessionRequest? Ahead { get; protected set; }

    /// <summary>Goes right behind this one, in the same write, and may have one behind itself. It is not posted: if this one ends unsent, so
    /// does that one, and whoever made it learns it from this one's end.</summary>
    public SessionRequest? Behind { get; protected internal set; }

    /// <summary>Bytes of rows that may lie with the consumer before the session stops receiving; 0 is no limit. A limit needs an
    /// exclusive session.</summary>
    public long Window { get; protected init; }

    /// <summary>Whether a Sync stands behind it. A request without one shares the fate of those up to the next that has one, all posted
    /// one after the other.</summary>
    public bool Syncs { get; protected set; } = true;

    /// <inheritdoc/>
    public int Bytes => Overhead + Statement.Utf8.Length + Parameters.Length;

    /// <summary>How far it is.</summary>
    public SessionRequestState State { get; internal set; }

    /// <summary>The session's number for it, while it is in flight.</summary>
    public RequestId Id { get; internal set; }

    /// <summary>Whether the user wants it cancelled.</summary>
    public bool CancelWanted { get; internal set; }

    /// <summary>Ends a request that no session has taken, inside a turn of the host that holds it. <see cref="AfterTurnWork.Execute"/> must
    /// follow once the turn is over. A request that does not wait stays as it is.</summary>
    /// <param name="failure">Why no session can take it; <see langword="null"/> if the user cancelled it.</param>
    /// <param name="server">Host and port of the server that it was meant for.</param>
    /// <returns>Whether it waited, and has ended now.</returns>
    public bool TryEndUnsent(SessionFailure? failure, string server)
    {
        if (State != SessionRequestState.Waiting)
            return false;
        State = SessionRequestState.Ended;
        CancelWanted = failure is null;
        var end = new FinishedCommand(default, CommandEnd.NotSent, null, default, default, false, Statement.Safety);
        OnEnded(new RequestEnd(end, failure, CancelWanted, server, 0));
        return true;
    }

    internal PreparedStatement? Prepared { get; set; }

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

    /// <summary>It has ended. <see cref="AfterTurnWork.Execute"/> follows once the turn is over.</summary>
    public abstract void OnEnded(in RequestEnd end);

    /// <summary>Asks whichever session has it for its cancel. It must have been accepted by one.</summary>
    protected void CancelAtHolder() => Holder!.Cancel(this);
}
