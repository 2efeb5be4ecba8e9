using PgActors.Runtime;

namespace PgActors.Actors.Tests.Runtime;

/// <summary>Writes down what it is told, and does what the test wants.</summary>
internal sealed class RecordingOwner : IMailboxOwner<int, Item>
{
    public RecordingOwner(ActorRuntime runtime, MailboxBounds? bounds = null) =>
        Mailbox = new Mailbox<int, Item>(runtime, this, bounds ?? MailboxBounds.Default);

    public Mailbox<int, Item> Mailbox { get; }

    public List<string> Seen { get; } = [];

    public Action<int> Control { get; set; } = _ => { };

    public Action<Item> Work { get; set; } = _ => { };

    public Action TurnEnding { get; set; } = () => { };

    public bool AcceptsWork { get; set; } = true;

    public void OnControl(in int message)
    {
        Seen.Add($"control {message}");
        Control(message);
    }

    public void OnWork(Item message)
    {
        Seen.Add(message.ToString());
        Work(message);
    }

    public void OnTurnEnding()
    {
        Seen.Add("end");
        TurnEnding();
    }

    public void OnFault(Exception exception) => Seen.Add($"fault {exception.Message}");
}
