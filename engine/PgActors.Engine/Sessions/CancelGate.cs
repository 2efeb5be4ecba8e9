namespace PgActors.Sessions;

/// <summary>
/// Keeps a cancel from hurting anybody else. The server never says whether, or when, a cancel took effect; but it signals the backend
/// before it closes the cancel's socket. So nothing new is sent from the moment a cancel is started until both that socket has ended and
/// the target's ReadyForQuery has arrived. What was sent before, behind the target, can still be hit: it is known by its number, and
/// <see cref="CouldHaveHit"/> names it.
/// </summary>
internal struct CancelGate
{
    private RequestId _lastExposed;

    // Cancels that were started and have not struck, as far as something they could strike is left.
    private int _unspent;

    public CancelGateState State { get; private set; }

    public RequestId Target { get; private set; }

    public readonly bool IsOpen => State == CancelGateState.Open;

    /// <summary>Whether a cancel for the head <paramref name="id"/> may start: none is under way, or one has run its course without
    /// striking and <paramref name="id"/> shares its target's Sync, whose ReadyForQuery would be waited for in vain.</summary>
    public readonly bool AllowsCancelOf(RequestId id) => State switch
    {
        CancelGateState.Open => true,
        CancelGateState.AwaitingReady => id != Target,
        CancelGateState.AwaitingBoth or CancelGateState.AwaitingSocketEnd => false,
    };

    /// <summary>Whether the cancel for the head <paramref name="id"/> has run its course without striking it.</summary>
    public readonly bool AllowsAnother(RequestId id) => State == CancelGateState.AwaitingReady && id == Target;

    /// <summary>A cancel is started for <paramref name="target"/>; <paramref name="lastSubmitted"/> is the last command that it could
    /// hit.</summary>
    public void OnStarted(RequestId target, RequestId lastSubmitted)
    {
        // The target is the head: if it was not exposed to the cancels before, nobody is left who was.
        if (target.Value > _lastExposed.Value)
            _unspent = 0;
        _unspent++;
        Target = target;
        _lastExposed = lastSubmitted;
        State = CancelGateState.AwaitingBoth;
    }

    /// <summary>The cancel's socket has ended, or was never opened.</summary>
    /// <returns>Whether that opened the gate.</returns>
    public bool OnSocketEnded()
    {
        var wasOpen = IsOpen;
        State = State switch
        {
            CancelGateState.Open or CancelGateState.AwaitingSocketEnd => CancelGateState.Open,
            CancelGateState.AwaitingBoth or CancelGateState.AwaitingReady => CancelGateState.AwaitingReady,
        };
        return !wasOpen && IsOpen;
    }

    /// <summary>A ReadyForQuery ended all commands up to <paramref name="last"/>. The target need not be the last of its group.</summary>
    /// <returns>Whether that opened the gate.</returns>
    public bool OnReady(RequestId last)
    {
        if (last.Value < Target.Value)
            return false;
        var wasOpen = IsOpen;
        State = State switch
        {
            CancelGateState.Open or CancelGateState.AwaitingReady => CancelGateState.Open,
            CancelGateState.AwaitingBoth or CancelGateState.AwaitingSocketEnd => CancelGateState.AwaitingSocketEnd,
        };
        return !wasOpen && IsOpen;
    }

    /// <summary>A command that was exposed failed with query_canceled: one cancel strikes once.</summary>
    public void OnStruck() => _unspent--;

    /// <summary>Whether a cancel of ours may be what struck a command.</summary>
    public readonly bool CouldHaveHit(RequestId id) => _unspent > 0 && id.Value <= _lastExposed.Value;
}
