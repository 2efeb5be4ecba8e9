namespace PgActors.Runtime;

/// <summary>
/// Those who wait, in order, for room in a full mailbox. Only the full case comes here; it is the one place of a mailbox with a lock.
/// </summary>
internal sealed class WaitingLine<TWork>(IRoom<TWork> room, Dispatcher dispatcher)
    where TWork : class, IMailboxWork
{
    // Enough for the usual crowd at a bound; more are left to the collector.
    private const int MaxSpare = 64;

    // Invariant: the links, the spares and each waiter's Work change only under this lock; no foreign code runs under it.
    private readonly Lock _lock = new();
    private RoomWaiter<TWork>? _first;
    private RoomWaiter<TWork>? _last;
    private RoomWaiter<TWork>? _spare;
    private int _spareCount;

    // Invariant: incremented, with a full fence, before the one who joins looks for room; the turn frees room, with a full fence, before
    // it looks here. So either the one sees the room or the other sees the one: nobody waits in front of an empty lane.
    private int _count;

    public bool IsEmpty => Volatile.Read(in _count) == 0;

    /// <summary>Joins the line. Cancellation leaves it, and the work is then not posted.</summary>
    public ValueTask<PostResult> Join(TWork work, int bytes, CancellationToken cancellation)
    {
        RoomWaiter<TWork> waiter;
        ValueTask<PostResult> task;
        AfterTurnList decided;
        lock (_lock)
        {
            waiter = TakeSpare() ?? new RoomWaiter<TWork>(this);
            waiter.Work = work;
            waiter.Bytes = bytes;
            waiter.Ahead = _last;
            if (_last is null) _first = waiter;
            else _last.Behind = waiter;
            _last = waiter;
            Interlocked.Increment(ref _count);
            task = waiter.Task;
            decided = AdmitWhileRoom();
        }

        if (cancellation.CanBeCanceled) waiter.LeaveOn(cancellation);
        Finish(decided);
        return task;
    }

    /// <summary>Lets in as many as there is room for, and returns their completions. Called inside a turn.</summary>
    public AfterTurnList Admit()
    {
        lock (_lock) return AdmitWhileRoom();
    }

    /// <summary>Answers everybody with what the room says now; called once it is closed.</summary>
    public void Dismiss() => Finish(Admit());

    /// <summary>Cancels one wait, unless it was decided before. Whoever is behind a large one may fit now.</summary>
    public void Leave(RoomWaiter<TWork> waiter)
    {
        AfterTurnList decided = default;
        lock (_lock)
        {
            if (waiter.Work is null) return;
            Unlink(waiter);
            waiter.DecideCancelled();
            decided.Append(waiter);
            decided.Append(AdmitWhileRoom());
        }

        Finish(decided);
    }

    /// <summary>Keeps a waiter whose answer was fetched, to be used again.</summary>
    public void Keep(RoomWaiter<TWork> waiter)
    {
        lock (_lock)
        {
            if (_spareCount == MaxSpare) return;
            waiter.Behind = _spare;
            _spare = waiter;
            _spareCount++;
        }
    }

    private AfterTurnList AdmitWhileRoom()
    {
        AfterTurnList decided = default;
        while (_first is { Work: { } work } first)
        {
            var result = room.TryAdmit(work, first.Bytes);
            if (result is PostResult.Full) break;
            Unlink(first);
            first.Decide(result);
            decided.Append(first);
        }

        return decided;
    }

    private RoomWaiter<TWork>? TakeSpare()
    {
        var waiter = _spare;
        if (waiter is null) return null;
        _spare = waiter.Behind;
        _spareCount--;
        waiter.Behind = null;
        return waiter;
    }

    private void Unlink(RoomWaiter<TWork> waiter)
    {
        if (waiter.Ahead is null) _first = waiter.Behind;
        else waiter.Ahead.Behind = waiter.Behind;
        if (waiter.Behind is null) _last = waiter.Ahead;
        else waiter.Behind.Ahead = waiter.Ahead;
        waiter.Ahead = null;
        waiter.Behind = null;
        Interlocked.Decrement(ref _count);
    }

    // Never on this thread: it may belong to a caller, to whoever cancels, or to a turn.
    private void Finish(AfterTurnList decided)
    {
        if (decided.Head is null) return;
        room.WakeForAdmitted();
        decided.Complete(dispatcher, mayRunHere: false);
    }
}
