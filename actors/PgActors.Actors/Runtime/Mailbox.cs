using System.Collections.Concurrent;

namespace PgActors.Runtime;

/// <summary>
/// A queue of many producers and one consumer, the actor that owns it. Two lanes: control, never refused, before work, bounded. Messages
/// are taken in turns; turns of one mailbox never overlap, and each sees what the ones before it wrote.
/// </summary>
/// <typeparam name="TControl">Signals; a small struct is best.</typeparam>
/// <typeparam name="TWork">Commands.</typeparam>
/// <remarks>
/// <para>An idle mailbox is run by the thread that posts to it, if the dispatcher allows that and the thread is not inside a turn or a
/// burst of completions. A post to a running mailbox only enqueues. A turn takes at most <see cref="MaxMessagesPerTurn"/> messages; if
/// more wait, the dispatcher goes on, behind whatever waits there, so that neither a poster nor a worker is held for more than one
/// turn.</para>
/// <para>Within a lane, messages of one producer keep their order. A control message overtakes all work that waits; a lasting flood of
/// control starves work, so control is for signals whose number is bounded by what the actor itself has under way.</para>
/// <para>Posting allocates nothing once the lanes have grown to their usual depth. All members may be called from any thread, except those
/// that say they belong inside a turn.</para>
/// </remarks>
public sealed class Mailbox<TControl, TWork> : IThreadPoolWorkItem, IRoom<TWork>
    where TWork : class, IMailboxWork
{
    /// <summary>
    /// Messages that one turn takes at most: 256. Large enough that the write at its end carries a full pipeline, small enough that whoever
    /// runs it inline gets their thread back within some tens of microseconds.
    /// </summary>
    public const int MaxMessagesPerTurn = 256;

    private readonly ConcurrentQueue<TControl> _control = new();
    private readonly ConcurrentQueue<Entry> _work = new();
    private readonly IMailboxOwner<TControl, TWork> _owner;
    private readonly Dispatcher _dispatcher;
    private readonly WaitingLine<TWork> _line;
    private MailboxLoad _load;

    // Invariant: whoever moves it out of an idle state, and nobody else, runs or schedules the next turn. Producers enqueue before, and a
    // turn looks for messages after, a full fence on this field, so one of the two always sees the other: no wake-up is lost.
    private MailboxState _state;

    // Written only inside a turn.
    private AfterTurnList _afterTurn;
    private int _turnThread;
    private long _turns;
    private bool _isPosters;

    /// <summary>Makes an empty, idle mailbox.</summary>
    /// <param name="runtime">Where its turns run.</param>
    /// <param name="owner">Who takes the messages. It is first called when something is posted.</param>
    /// <param name="bounds">How much work may wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is outside what <see cref="MailboxBounds"/> allows.</exception>
    public Mailbox(ActorRuntime runtime, IMailboxOwner<TControl, TWork> owner, MailboxBounds bounds)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentOutOfRangeException.ThrowIfLessThan(bounds.MaxCommands, 1, nameof(bounds));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bounds.MaxCommands, MailboxBounds.LargestMaxCommands, nameof(bounds));
        ArgumentOutOfRangeException.ThrowIfLessThan(bounds.MaxBytes, 1, nameof(bounds));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bounds.MaxBytes, MailboxBounds.LargestMaxBytes, nameof(bounds));
        _owner = owner;
        _dispatcher = runtime.Dispatcher;
        _line = new WaitingLine<TWork>(this, _dispatcher);
        _load = new MailboxLoad(bounds);
        Bounds = bounds;
    }

    /// <summary>How much work may wait.</summary>
    public MailboxBounds Bounds { get; }

    /// <summary>Work messages that wait now. A snapshot: it may have changed when it is read, except downwards to 0 once closed.</summary>
    public int Count => _load.Count;

    /// <summary>The bytes of the work messages that wait now. A snapshot.</summary>
    public long Bytes => _load.Bytes;

    /// <summary>Turns that have ended so far.</summary>
    public long Turns => Volatile.Read(in _turns);

    /// <summary>True once <see cref="Close"/> was called.</summary>
    public bool IsClosed => _load.IsClosed;

    /// <summary>True on the thread that runs a turn of this mailbox, while it does.</summary>
    public bool IsInTurn => Volatile.Read(in _turnThread) == Environment.CurrentManagedThreadId;

    /// <summary>Inside a turn: whether it runs on the thread of a poster, who waits for nothing but what it brings about, with nothing else to
    /// take, and nobody to be told of an end once it is over. Such a turn may linger for a moment.</summary>
    public bool IsAlone => _isPosters && !HasMoreToDo;

    /// <summary>Inside a turn: whether it has something left to take, or completions to run once it is over.</summary>
    public bool HasMoreToDo => !_control.IsEmpty || !_work.IsEmpty || _afterTurn.Head is not null;

    /// <summary>Inside a turn: the work messages in the lane, oldest first, as they stand when it is asked. They stay where they are.</summary>
    /// <exception cref="InvalidOperationException">Called outside a turn of this mailbox.</exception>
    public IEnumerable<TWork> Waiting
    {
        get
        {
            RequireTurn();
            return _work.Select(static entry => entry.Work);
        }
    }

    /// <summary>Posts a control message. It is never refused, not even by a closed mailbox.</summary>
    /// <param name="message">The message; copied.</param>
    /// <param name="allowInline">False: this thread runs no turn for it, whatever the dispatcher allows.</param>
    /// <param name="origin">Whose thread this is, should it run the turn.</param>
    public void PostControl(in TControl message, bool allowInline = true, PostOrigin origin = PostOrigin.Poster)
    {
        _control.Enqueue(message);
        Wake(forControl: true, allowInline, origin, null);
    }

    /// <summary>Posts a work message if there is room for it and nobody waits for room. Never blocks.</summary>
    /// <param name="work">The message; the mailbox's, and then its owner's, once accepted.</param>
    /// <param name="allowInline">False: this thread runs no turn for it, whatever the dispatcher allows.</param>
    /// <returns>What became of it. Accepted work reaches the owner even if the mailbox is closed meanwhile.</returns>
    public PostResult TryPost(TWork work, bool allowInline = true)
    {
        ArgumentNullException.ThrowIfNull(work);
        var result = TryEnter(work, SizeOf(work));
        if (result is PostResult.Accepted) Wake(forControl: false, allowInline, PostOrigin.Poster, work);
        return result;
    }

    /// <summary>Posts a work message, waiting for room at the bound. Those who wait get in first come, first served.</summary>
    /// <param name="work">The message; the mailbox's, and then its owner's, once accepted.</param>
    /// <param name="cancellationToken">Gives up the wait; the message is then not posted. Without effect once it is accepted.</param>
    /// <param name="allowInline">As for <see cref="TryPost"/>.</param>
    /// <returns>
    /// <see cref="PostResult.Accepted"/>, or <see cref="PostResult.Closed"/> if the mailbox is closed first. To be awaited once.
    /// </returns>
    /// <exception cref="OperationCanceledException">The wait was given up.</exception>
    public ValueTask<PostResult> PostAsync(TWork work, CancellationToken cancellationToken, bool allowInline = true)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<PostResult>(cancellationToken);
        var bytes = SizeOf(work);
        var result = TryEnter(work, bytes);
        if (result is PostResult.Full) return _line.Join(work, bytes, cancellationToken);
        if (result is PostResult.Accepted) Wake(forControl: false, allowInline, PostOrigin.Poster, work);
        return new ValueTask<PostResult>(result);
    }

    /// <summary>
    /// Inside a turn: hands over a completion, to run once the turn is released. A single one runs on the turn's thread if that is a
    /// worker's, or if it is the very message whose poster runs the turn; otherwise each runs as a work item of its own, in no promised order.
    /// </summary>
    /// <exception cref="InvalidOperationException">Called outside a turn of this mailbox.</exception>
    public void RunAfterTurn(AfterTurnWork item)
    {
        ArgumentNullException.ThrowIfNull(item);
        RequireTurn();
        _afterTurn.Append(item);
    }

    /// <summary>
    /// Inside a turn: takes the next work message past <see cref="IMailboxOwner{TControl,TWork}.AcceptsWork"/>, for an owner that ends
    /// and must answer, or move elsewhere, what waits.
    /// </summary>
    /// <returns>False if none waits in the lane. With <see cref="IsClosed"/> and a <see cref="Count"/> of 0, none will come.</returns>
    /// <exception cref="InvalidOperationException">Called outside a turn of this mailbox.</exception>
    public bool TryTakeWork(out TWork? work)
    {
        RequireTurn();
        return TryDequeue(out work);
    }

    /// <summary>
    /// Takes no more work: posts answer <see cref="PostResult.Closed"/>, and so do all waits for room. Work in the lane stays, and is
    /// delivered as the owner accepts it; control goes on. Once is enough; more does no harm.
    /// </summary>
    public void Close()
    {
        _load.Close();
        _line.Dismiss();
    }

    void IThreadPoolWorkItem.Execute()
    {
        Interlocked.Exchange(ref _state, MailboxState.Running);
        RunTurn(PostOrigin.Worker, null);
    }

    PostResult IRoom<TWork>.TryAdmit(TWork work, int bytes)
    {
        var result = _load.TryReserve(bytes);
        if (result is PostResult.Accepted) _work.Enqueue(new Entry(work, bytes));
        return result;
    }

    void IRoom<TWork>.WakeForAdmitted() => Wake(forControl: false, allowInline: false, PostOrigin.Poster, null);

    private static int SizeOf(TWork work)
    {
        var bytes = work.Bytes;
        ArgumentOutOfRangeException.ThrowIfNegative(bytes, nameof(work));
        return bytes;
    }

    private PostResult TryEnter(TWork work, int bytes)
    {
        // No overtaking: while others wait for room, a newcomer is not let in before them.
        if (!_line.IsEmpty) return IsClosed ? PostResult.Closed : PostResult.Full;
        return ((IRoom<TWork>)this).TryAdmit(work, bytes);
    }

    private bool TryDequeue(out TWork? work)
    {
        if (!_work.TryDequeue(out var entry))
        {
            work = null;
            return false;
        }

        _load.Release(entry.Bytes);
        work = entry.Work;
        return true;
    }

    private void Wake(bool forControl, bool allowInline, PostOrigin origin, TWork? posted)
    {
        var role = ThreadRole.Current;
        var inline = allowInline && role is ThreadRole.Kind.Free && _dispatcher.RunsInline;
        if (!TryLeaveIdle(inline ? MailboxState.Running : MailboxState.Scheduled, forControl)) return;
        if (inline) RunTurn(origin, posted);
        else if (role is ThreadRole.Kind.Completing) _dispatcher.Schedule(this);
        else _dispatcher.ScheduleLocal(this);
    }

    private bool TryLeaveIdle(MailboxState next, bool evenShut)
    {
        var expected = MailboxState.Idle;
        while (true)
        {
            var seen = Interlocked.CompareExchange(ref _state, next, expected);
            if (seen == expected) return true;
            var mayLeave = seen switch
            {
                MailboxState.Idle => true,
                MailboxState.IdleShut => evenShut,
                MailboxState.Scheduled or MailboxState.Running => false,
            };
            if (!mayLeave) return false;
            expected = seen;
        }
    }

    private void RunTurn(PostOrigin origin, TWork? posted)
    {
        var before = ThreadRole.Current;
        ThreadRole.Current = ThreadRole.Kind.InTurn;
        Volatile.Write(ref _turnThread, Environment.CurrentManagedThreadId);
        AfterTurnList completions = default;
        var accepts = false;
        var whole = false;
        var isAwaited = posted is null or { IsAwaited: true };
        var mayRunHere = origin is PostOrigin.Worker;
        _isPosters = !mayRunHere && isAwaited;
        try
        {
            Drain();
            EndTurn();
            accepts = AskOwner();
            whole = true;
        }
        finally
        {
            completions = _afterTurn.TakeAll();

            // Nobody can wait yet for what this thread has only just posted, so that no foreign code runs under it.
            mayRunHere |= isAwaited && completions.Head is { } first && posted?.IsCompletedBy(first) == true;
            ThreadRole.Current = before;
            Release(accepts);
            if (!whole) completions.Complete(_dispatcher, mayRunHere: false);
        }

        completions.Complete(_dispatcher, mayRunHere);
    }

    private void Drain()
    {
        var left = MaxMessagesPerTurn;
        while (left > 0)
        {
            try
            {
                while (left > 0)
                {
                    left--;
                    if (_control.TryDequeue(out var control))
                    {
                        _owner.OnControl(in control);
                    }
                    else if (_owner.AcceptsWork && TryDequeue(out var work))
                    {
                        _owner.OnWork(work!);
                    }
                    else if (!AdmitWaiting())
                    {
                        return;
                    }
                }
            }
            catch (Exception exception)
            {
                _owner.OnFault(exception);
            }
        }

        AdmitWaiting();
    }

    private bool AdmitWaiting()
    {
        if (_line.IsEmpty) return false;
        var admitted = _line.Admit();
        if (admitted.Head is null) return false;
        _afterTurn.Append(admitted);
        return true;
    }

    private void EndTurn()
    {
        try
        {
            _owner.OnTurnEnding();
        }
        catch (Exception exception)
        {
            _owner.OnFault(exception);
        }
    }

    // The last look at the owner before others may run it.
    private bool AskOwner()
    {
        try
        {
            return _owner.AcceptsWork;
        }
        catch (Exception exception)
        {
            _owner.OnFault(exception);
            return false;
        }
    }

    private void Release(bool accepts)
    {
        Volatile.Write(ref _turns, _turns + 1);
        Volatile.Write(ref _turnThread, 0);
        if (HasMore(accepts))
        {
            Interlocked.Exchange(ref _state, MailboxState.Scheduled);
            _dispatcher.Schedule(this);
            return;
        }

        // The full fence that pairs with the one in TryLeaveIdle: what was enqueued before it and found us running is seen below.
        Interlocked.Exchange(ref _state, accepts ? MailboxState.Idle : MailboxState.IdleShut);
        if (HasMore(accepts) && TryLeaveIdle(MailboxState.Scheduled, evenShut: !_control.IsEmpty)) _dispatcher.Schedule(this);
    }

    private bool HasMore(bool accepts) => !_control.IsEmpty || (accepts && !_work.IsEmpty);

    private void RequireTurn()
    {
        if (!IsInTurn) throw new InvalidOperationException("This belongs inside a turn of the mailbox.");
    }

    private readonly record struct Entry(TWork Work, int Bytes);
}
