namespace PgActors.Sessions;

/// <summary>
/// Keeps a cancel from hurting anybody else. The server never says whether, or when, a cancel took effect; but it signals the backend before
/// it closes the cancel's socket. So nothing new is sent from the moment a cancel is started until both that socket has ended and the
/// target's ReadyForQuery has arrived. What was sent before, behind the target, can still be hit: it is known by its number, and
/// <see cref="CouldHaveHit"/> names it.
/// </summary>
internal struct CancelGate
{
    private RequestId _lastExposed;
    private bool _spent;

    public CancelGateState State { get; private set; }

    public RequestId Target { get; private set; }

    public readonly bool IsOpen => State == CancelGateState.Open;

    /// <summary>A cancel is started for <paramref name="target"/>; <paramref name="lastSubmitted"/> is the last command it could hit.</summary>
    public void OnStarted(RequestId target, RequestId lastSubmitted)
    {
        Target = target;
        _lastExposed = lastSubmitted;
        _spent = false;
        State = CancelGateState.AwaitingBoth;
    }

    /// <summary>The cancel's socket has ended, or was never opened.</summary>
    public bool OnSocketEnded()
    {
        State = State switch
        {
            CancelGateState.Open or CancelGateState.AwaitingSocketEnd => CancelGateState.Open,
            CancelGateState.AwaitingBoth or CancelGateState.AwaitingReady => CancelGateState.AwaitingReady,
        };
        return State == CancelGateState.Open;
    }

    /// <summary>A command has ended.</summary>
    public bool OnReady(RequestId id)
    {
        if (id != Target)
            return false;
        var wasOpen = IsOpen;
        State = State switch
        {
            CancelGateState.Open or CancelGateState.AwaitingReady => CancelGateState.Open,
            CancelGateState.AwaitingBoth or CancelGateState.AwaitingSocketEnd => CancelGateState.AwaitingSocketEnd,
        };
        return !wasOpen && IsOpen;
    }

    /// <summary>A command failed with query_canceled: one cancel strikes once.</summary>
    public void OnStruck() => _spent = true;

    /// <summary>Whether the last cancel may be what struck a command that nobody wanted cancelled.</summary>
    public readonly bool CouldHaveHit(RequestId id) => !_spent && Target != RequestId.None && id != Target && id.Value <= _lastExposed.Value;
}
