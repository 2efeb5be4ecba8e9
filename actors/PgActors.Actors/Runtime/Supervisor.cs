namespace PgActors.Runtime;

/// <summary>
/// An actor that keeps its children running as their <see cref="RestartPolicy"/> says. It is the shell of
/// <see cref="SupervisorMachine{TKey}"/>, which decides.
/// </summary>
/// <typeparam name="TChildKey">Names a child.</typeparam>
/// <remarks>All members may be called from any thread; they post and return.</remarks>
public sealed class Supervisor<TChildKey>
    where TChildKey : notnull
{
    private readonly Mailbox<SupervisorMessage<TChildKey>, NoWork> _mailbox;

    /// <summary>Makes a supervisor without children.</summary>
    /// <param name="runtime">Where it runs, its clock and its jitter.</param>
    /// <param name="options">How it treats its children.</param>
    /// <param name="observer">Told every decision, in order, one at a time, outside the supervisor's turns. It may block, and what it
    /// throws is ignored; but events gather while it does not return.</param>
    public Supervisor(ActorRuntime runtime, SupervisorOptions options, Action<SupervisionEvent>? observer = null)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(options);
        var publisher = observer is null ? null : new SupervisionPublisher(runtime, observer);
        _mailbox = new SupervisorActor<TChildKey>(runtime, options, publisher).Mailbox;
    }

    /// <summary>Supervises a child and starts it when there is room.</summary>
    /// <param name="key">Its key. One that is in use is refused: the event <see cref="SupervisionEventKind.Stopped"/> says so.</param>
    /// <param name="child">The child; not started yet.</param>
    /// <param name="name">Its name in the events; the key's text if null.</param>
    /// <param name="policy">Its policy; that of the options for its name if null.</param>
    /// <param name="reason">Why there is to be one more, for an event <see cref="SupervisionEventKind.Added"/>; null for no event.</param>
    public void Add(TChildKey key, ISupervisedChild child, string? name = null, RestartPolicy? policy = null, string? reason = null)
    {
        ArgumentNullException.ThrowIfNull(child);
        Post(new(SupervisorMessageKind.Add, key, child, name ?? key.ToString() ?? string.Empty, policy, Reason: reason));
    }

    /// <summary>Supervises a child that runs already. No event tells of it.</summary>
    /// <param name="key">Its key; not in use.</param>
    /// <param name="child">The child.</param>
    /// <param name="name">Its name in the events.</param>
    public void Adopt(TChildKey key, ISupervisedChild child, string name)
    {
        ArgumentNullException.ThrowIfNull(child);
        Post(new(SupervisorMessageKind.Adopt, key, child, name));
    }

    /// <summary>Stops a child, if it is active, and supervises it no longer. Its key is free once it reported its end.</summary>
    /// <param name="key">Which child.</param>
    /// <param name="reason">Why there is to be one less, for an event <see cref="SupervisionEventKind.Retiring"/>; null for no event.</param>
    public void Remove(TChildKey key, string? reason = null) => Post(new(SupervisorMessageKind.Remove, key, Reason: reason));

    /// <summary>A child reports that it runs.</summary>
    public void ChildStarted(TChildKey key) => Post(new(SupervisorMessageKind.Started, key));

    /// <summary>A child reports that it ended by itself.</summary>
    /// <param name="key">Which child.</param>
    /// <param name="reason">Why, in words for the events; no secrets and no values of rows.</param>
    public void ChildFailed(TChildKey key, string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        Post(new(SupervisorMessageKind.Failed, key, Text: reason));
    }

    /// <summary>A child reports that it ended as it was meant to. It is supervised no longer.</summary>
    public void ChildStopped(TChildKey key) => Post(new(SupervisorMessageKind.Stopped, key));

    /// <summary>Stops all children and starts none again, nor any that is added later.</summary>
    public void Stop() => Post(new(SupervisorMessageKind.StopAll));

    private void Post(in SupervisorMessage<TChildKey> message) => _mailbox.PostControl(message);
}
