namespace PgActors.Runtime;

/// <summary>
/// What a <see cref="Supervisor{TChildKey}"/> asks of a child. The child answers each start with either
/// <see cref="Supervisor{TChildKey}.ChildStarted"/> or an end, and reports exactly one end per start:
/// <see cref="Supervisor{TChildKey}.ChildFailed"/> or <see cref="Supervisor{TChildKey}.ChildStopped"/>. The supervisor sets no deadline: a
/// start that may hang is bounded by the child.
/// </summary>
/// <remarks>
/// Called inside the supervisor's turns, one after the other: a member begins something, by posting to the child's own mailbox, and
/// returns. What it throws counts as the child's failure, or as its stop.
/// </remarks>
public interface ISupervisedChild
{
    /// <summary>Starts, or starts again after a failure.</summary>
    void Start();

    /// <summary>Stops, in whatever phase the child is; even if its end has already been reported.</summary>
    void Stop();
}
