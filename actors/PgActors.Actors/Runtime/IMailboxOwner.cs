namespace PgActors.Runtime;

/// <summary>
/// The actor behind a mailbox. Every member is called only inside a turn and never concurrently, and every call sees what earlier ones
/// wrote; the actor needs no lock of its own.
/// </summary>
/// <typeparam name="TControl">Signals: what the actor is told by its timers, its socket and its supervisor.</typeparam>
/// <typeparam name="TWork">Commands.</typeparam>
/// <remarks>
/// A turn may run on the thread of whoever posts, under that thread's execution context: what a turn arms (a receive, a timer) should
/// not let it flow. A member must not block without the dispatcher's leave
/// (<see cref="Dispatcher.TryBeginBlocking"/>) and must not call user code; user code goes through
/// <see cref="Mailbox{TControl,TWork}.RunAfterTurn"/>.
/// </remarks>
public interface IMailboxOwner<TControl, TWork>
{
    /// <summary>
    /// False keeps the work lane waiting (the gate is shut, the output is full) while control still flows. Asked before every work message
    /// and once after <see cref="OnTurnEnding"/>; its answer may change only inside a turn, because only a turn's end looks at it again.
    /// </summary>
    bool AcceptsWork { get; }

    /// <summary>Takes a control message. Those come before any work message that waits.</summary>
    void OnControl(in TControl message);

    /// <summary>Takes a work message, in the order of the lane.</summary>
    void OnWork(TWork message);

    /// <summary>Called exactly once per turn, after the messages it drained: write once, arm the receive.</summary>
    void OnTurnEnding();

    /// <summary>
    /// Told of an exception that another member let out: a defect of the actor. The message that caused it counts as taken, the turn goes
    /// on. What this member itself lets out reaches whoever runs the turn, after the mailbox has been released.
    /// </summary>
    void OnFault(Exception exception);
}
