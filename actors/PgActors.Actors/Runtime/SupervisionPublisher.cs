namespace PgActors.Runtime;

/// <summary>
/// Gives events to an observer in order, one at a time, and never inside the turn that caused them: it is an actor of its own, which a slow
/// observer holds up alone. Its queue is not bounded but fed by decisions that the back-off keeps rare.
/// </summary>
internal sealed class SupervisionPublisher : IMailboxOwner<SupervisionEvent, NoWork>
{
    private readonly Mailbox<SupervisionEvent, NoWork> _mailbox;
    private readonly Action<SupervisionEvent> _observer;

    public SupervisionPublisher(ActorRuntime runtime, Action<SupervisionEvent> observer)
    {
        _observer = observer;
        _mailbox = new Mailbox<SupervisionEvent, NoWork>(runtime, this, MailboxBounds.Default);
    }

    public bool AcceptsWork => true;

    public void Publish(SupervisionEvent what) => _mailbox.PostControl(what, allowInline: false);

    public void OnControl(in SupervisionEvent message) => _observer(message);

    public void OnWork(NoWork message)
    {
    }

    public void OnTurnEnding()
    {
    }

    // The observer's own mistake. Supervision doesn't depend on who watches, and the next event is delivered all the same.
    public void OnFault(Exception exception)
    {
    }
}
