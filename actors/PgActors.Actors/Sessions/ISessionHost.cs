using PgActors.Runtime;

namespace PgActors.Sessions;

/// <summary>
/// All that a session needs of the actor that hosts it. Our own mailbox implements it, and so can any other actor framework: nothing that a
/// session depends on hides behind it.
/// </summary>
/// <remarks>Every call except <see cref="Post"/> comes from inside a turn of the session.</remarks>
public interface ISessionHost
{
    /// <summary>Time, scheduling and randomness.</summary>
    ActorRuntime Runtime { get; }

    /// <summary>Sends a signal to the session itself, ahead of waiting commands. May be called from any thread; the host must deliver
    /// signals one at a time, and never while a command is delivered.</summary>
    /// <param name="signal">The signal.</param>
    void Post(in SessionSignal signal);

    /// <summary>Whether the turn may linger for a moment to take the answer itself: it runs on the thread of the caller who waits for that, nobody
    /// else wants the session or is to be told of an end, and the processors have time to spare. A host that cannot tell says no.</summary>
    bool MayLinger => false;

    /// <summary>Asks for leave to block the turn's thread for some milliseconds, to wait for the server: nothing and nobody else wants the
    /// session, and the dispatcher agrees. A host that cannot tell says no.</summary>
    /// <returns>Whether it is given; then <see cref="EndBlocking"/> is due.</returns>
    bool TryBeginBlocking() => false;

    /// <summary>Whether the turn may go on blocking.</summary>
    bool MayBlockOn => false;

    /// <summary>Gives the leave back.</summary>
    void EndBlocking()
    {
    }

    /// <summary>Runs a completion once the current turn is over: user code never runs inside one.</summary>
    void RunAfterTurn(AfterTurnWork work);

    /// <summary>Asks for <see cref="SessionSignalKind.TimerFired"/> after <paramref name="due"/>. Arming again replaces.</summary>
    void ArmTimer(SessionTimer timer, TimeSpan due);

    /// <summary>A timer is no longer needed. A firing that is already on its way must not be delivered, nor must one that a later arming has
    /// overtaken: it would be taken for the next deadline's.</summary>
    void CancelTimer(SessionTimer timer);

    /// <summary>The session is ready for commands.</summary>
    void OnReady();

    /// <summary>The session is over. Its commands have been answered or handed back with <see cref="TakeBack"/> before.</summary>
    void OnEnded(SessionFailure failure);

    /// <summary>A command that the server never saw, or that may safely run again: it must be run by a later session, before those that
    /// still wait, or be answered.</summary>
    void TakeBack(SessionRequest request);

    /// <summary>Something happened that the user may want to know.</summary>
    void Report(SessionNews news);
}
