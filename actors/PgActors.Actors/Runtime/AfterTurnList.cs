namespace PgActors.Runtime;

/// <summary>A first-in, first-out list of completions, linked through the items themselves. Not thread-safe.</summary>
internal struct AfterTurnList
{
    private AfterTurnWork? _tail;

    public AfterTurnWork? Head { get; private set; }

    public void Append(AfterTurnWork item)
    {
        if (_tail is null) Head = item;
        else _tail.Next = item;
        _tail = item;
    }

    public void Append(AfterTurnList other)
    {
        if (other.Head is null) return;
        if (_tail is null) Head = other.Head;
        else _tail.Next = other.Head;
        _tail = other._tail;
    }

    /// <summary>Takes everything out and leaves the list empty.</summary>
    public AfterTurnList TakeAll()
    {
        var all = this;
        this = default;
        return all;
    }

    /// <summary>Runs a single item here if <paramref name="mayRunHere"/>; hands everything else to the dispatcher, each on its own, so that
    /// one that blocks holds up no other. What nobody waits for is completed here in either case.</summary>
    public readonly void Complete(Dispatcher dispatcher, bool mayRunHere)
    {
        var item = Head;
        if (item is null) return;
        if (item.Next is null)
        {
            if (mayRunHere) item.ExecuteHere(dispatcher);
            else if (!item.TryCompleteUnawaited()) dispatcher.ScheduleLocal(item);
            return;
        }

        while (item is not null)
        {
            // Read before the item is handed over: from then on it may be completed, reused and linked elsewhere.
            var next = item.Next;
            item.Next = null;
            if (!item.TryCompleteUnawaited())
            {
                item.PostsBehind = true;
                dispatcher.ScheduleLocal(item);
            }

            item = next;
        }
    }
}
