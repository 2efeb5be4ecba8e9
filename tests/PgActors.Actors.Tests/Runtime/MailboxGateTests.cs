using PgActors.Testing;

namespace PgActors.Actors.Tests.Runtime;

public sealed class MailboxGateTests
{
    private readonly Simulation _inline = new(1, new SimulationOptions { RunsInline = true });

    [Fact]
    public void Work_waits_at_a_shut_gate_while_control_flows()
    {
        var owner = new RecordingOwner(_inline.Runtime) { AcceptsWork = false };

        owner.Mailbox.TryPost(new Item(1));
        owner.Mailbox.PostControl(2);

        Assert.Equal(["end", "control 2", "end"], owner.Seen);
        Assert.Equal(1, owner.Mailbox.Count);
    }

    [Fact]
    public void Work_posted_to_a_shut_gate_wakes_nobody()
    {
        var owner = new RecordingOwner(_inline.Runtime) { AcceptsWork = false };
        owner.Mailbox.PostControl(0);

        for (var i = 0; i < 10; i++) owner.Mailbox.TryPost(new Item(i));

        Assert.Equal(1, owner.Mailbox.Turns);
        Assert.Equal(0, _inline.Steps);
    }

    [Fact]
    public void Work_is_taken_in_the_turn_that_opens_the_gate()
    {
        var owner = new RecordingOwner(_inline.Runtime) { AcceptsWork = false };
        owner.Control = message => owner.AcceptsWork = message == 1;
        owner.Mailbox.PostControl(0);
        owner.Mailbox.TryPost(new Item(1));
        owner.Mailbox.TryPost(new Item(2));

        owner.Mailbox.PostControl(1);

        Assert.Equal(["control 0", "end", "control 1", "work 1", "work 2", "end"], owner.Seen);
    }

    [Fact]
    public void Gate_that_opens_as_the_turn_ends_has_the_work_taken_in_the_next()
    {
        var owner = new RecordingOwner(_inline.Runtime) { AcceptsWork = false };
        owner.TurnEnding = () => owner.AcceptsWork = true;

        owner.Mailbox.TryPost(new Item(1));
        _inline.RunUntilIdle();

        Assert.Equal(["end", "work 1", "end"], owner.Seen);
    }

    [Fact]
    public void Gate_that_shuts_between_two_work_messages_holds_the_second()
    {
        var simulation = new Simulation(1);
        var owner = new RecordingOwner(simulation.Runtime);
        owner.Work = _ => owner.AcceptsWork = false;
        owner.Control = _ => owner.AcceptsWork = true;
        owner.Mailbox.TryPost(new Item(1));
        owner.Mailbox.TryPost(new Item(2));
        simulation.RunUntilIdle();
        Assert.Equal(["work 1", "end"], owner.Seen);

        owner.Mailbox.PostControl(0);
        simulation.RunUntilIdle();

        Assert.Equal(["work 1", "end", "control 0", "work 2", "end"], owner.Seen);
    }

    [Fact]
    public void Owner_may_take_work_past_its_gate_to_answer_it()
    {
        var owner = new RecordingOwner(_inline.Runtime) { AcceptsWork = false };
        var taken = new List<int>();
        owner.Control = _ =>
        {
            owner.Mailbox.Close();
            while (owner.Mailbox.TryTakeWork(out var item)) taken.Add(item!.Number);
        };
        owner.Mailbox.TryPost(new Item(1));
        owner.Mailbox.TryPost(new Item(2));

        owner.Mailbox.PostControl(0);

        Assert.Equal([1, 2], taken);
        Assert.Equal((0, 0L), (owner.Mailbox.Count, owner.Mailbox.Bytes));
    }
}
