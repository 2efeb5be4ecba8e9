using PgActors.Runtime;

namespace PgActors.Actors.Tests.Runtime;

/// <summary>Checks that turns never overlap, and that every message of every producer comes once and in order.</summary>
internal sealed class CountingOwner : IMailboxOwner<Item, Item>
{
    private readonly int[] _work;
    private readonly int[] _control;
    private readonly int _expected;
    private int _workCount;
    private int _controlCount;
    private int _inside;

    public CountingOwner(ActorRuntime runtime, MailboxBounds bounds, int expected)
    {
        _expected = expected;
        _work = new int[expected];
        _control = new int[expected];
        Mailbox = new Mailbox<Item, Item>(runtime, this, bounds);
    }

    public Mailbox<Item, Item> Mailbox { get; }

    public ManualResetEventSlim Done { get; } = new();

    public int Overlaps { get; private set; }

    public int Faults { get; private set; }

    public int Longest { get; private set; }

    public bool AcceptsWork { get; private set; } = true;

    public int WorkCount => Volatile.Read(in _workCount);

    private int Taken { get; set; }

    public void OnControl(in Item message)
    {
        Enter();
        _control[_controlCount++] = message.Number;
        Taken++;
        Leave();
    }

    public void OnWork(Item message)
    {
        Enter();
        _work[_workCount++] = message.Number;
        Taken++;

        // Now and then the gate shuts for the rest of the turn, so that the idle state with a shut gate is part of the race.
        if ((message.Number & 1023) == 0) AcceptsWork = false;
        Leave();
    }

    public void OnTurnEnding()
    {
        Enter();
        AcceptsWork = true;
        Longest = Math.Max(Longest, Taken);
        Taken = 0;
        if (_workCount + _controlCount == _expected) Done.Set();
        Leave();
    }

    public void OnFault(Exception exception) => Faults++;

    public void AssertAllInOrder(int producers, int each)
    {
        Assert.Equal(0, Overlaps);
        Assert.Equal(0, Faults);
        Assert.InRange(Longest, 1, Mailbox<Item, Item>.MaxMessagesPerTurn);
        Assert.Equal(producers * each, _workCount + _controlCount);
        for (var producer = 0; producer < producers; producer++)
        {
            AssertAscending(_work.Take(_workCount), producer, each);
            AssertAscending(_control.Take(_controlCount), producer, each);
        }

        Assert.Equal(producers * each, _work.Take(_workCount).Concat(_control.Take(_controlCount)).Distinct().Count());
    }

    private static void AssertAscending(IEnumerable<int> numbers, int producer, int each)
    {
        var last = -1;
        foreach (var number in numbers)
        {
            if (number / each != producer) continue;
            Assert.True(number > last, $"{number} after {last}");
            last = number;
        }
    }

    private void Enter()
    {
        if (Interlocked.Exchange(ref _inside, 1) != 0) Overlaps++;
    }

    private void Leave() => Volatile.Write(ref _inside, 0);
}
