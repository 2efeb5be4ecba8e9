using PgActors.Events;

namespace PgActors.Streams.Tests.Events;

public sealed class EventStreamTests : IDisposable
{
    private const int Capacity = 4096;

    private readonly ManualDispatcher _dispatcher = new();
    private readonly EventStream _events;

    public EventStreamTests() => _events = new EventStream(_dispatcher, []);

    public void Dispose() => _events.Dispose();

    [Fact]
    public void Events_arrive_in_order_and_never_inside_the_call_that_publishes()
    {
        var heard = new List<PgEvent>();
        using var subscription = _events.Subscribe(heard.Add);

        Publish(1, 2, 3);
        Assert.Empty(heard);
        _dispatcher.RunAll();
        Publish(4);
        _dispatcher.RunAll();

        Assert.Equal([Event(1), Event(2), Event(3), Event(4)], heard);
    }

    [Fact]
    public void Many_events_take_one_worker()
    {
        using var subscription = _events.Subscribe(static _ => { });

        Publish(1, 2, 3);

        Assert.Equal(1, _dispatcher.Waiting);
    }

    [Fact]
    public void Nobody_listens_and_nothing_is_kept()
    {
        Publish(1);
        Assert.Equal(0, _dispatcher.Waiting);

        var heard = new List<PgEvent>();
        using var subscription = _events.Subscribe(heard.Add);
        Publish(2);
        _dispatcher.RunAll();

        Assert.Equal([Event(2)], heard);
    }

    [Fact]
    public void Slow_observer_loses_events_and_is_told_how_many()
    {
        var heard = new List<PgEvent>();
        using var subscription = _events.Subscribe(heard.Add);

        Publish([.. Enumerable.Range(0, Capacity + 7)]);
        _dispatcher.RunAll();

        Assert.Equal(Capacity + 1, heard.Count);
        Assert.Equal(Event(Capacity - 1), heard[^2]);
        Assert.Equal(new PgEventsDropped(7), heard[^1]);

        Publish(1);
        _dispatcher.RunAll();
        Assert.Equal(Event(1), heard[^1]);
    }

    [Fact]
    public void Event_published_by_an_observer_follows_in_its_turn()
    {
        var heard = new List<PgEvent>();
        using var subscription = _events.Subscribe(happened =>
        {
            heard.Add(happened);
            if (happened == Event(1))
                Publish(3);
        });

        Publish(1, 2);
        _dispatcher.RunAll();

        Assert.Equal([Event(1), Event(2), Event(3)], heard);
    }

    [Fact]
    public void Observer_that_throws_harms_neither_itself_nor_others()
    {
        var (calls, heard) = (0, new List<PgEvent>());
        using var faulty = _events.Subscribe(_ =>
        {
            calls++;
            throw new InvalidOperationException("The observer's own fault.");
        });
        using var sound = _events.Subscribe(heard.Add);

        Publish(1, 2);
        _dispatcher.RunAll();

        Assert.Equal(2, calls);
        Assert.Equal([Event(1), Event(2)], heard);
    }

    [Fact]
    public void Observer_that_left_hears_no_more()
    {
        var heard = new List<PgEvent>();
        var subscription = _events.Subscribe(heard.Add);
        using var other = _events.Subscribe(static _ => { });

        Publish(1);
        subscription.Dispose();
        _dispatcher.RunAll();

        Assert.Empty(heard);
    }

    [Fact]
    public void Closing_completes_behind_what_was_published()
    {
        var heard = new List<PgEvent>();
        var completed = 0;
        using var subscription = _events.Subscribe(heard.Add, () => completed++);

        Publish(1);
        _events.Dispose();
        _dispatcher.RunAll();

        Assert.Equal([Event(1)], heard);
        Assert.Equal(1, completed);
    }

    [Fact]
    public void Closing_twice_completes_once()
    {
        var completed = 0;
        using var subscription = _events.Subscribe(static _ => { }, () => completed++);

        _events.Dispose();
        _dispatcher.RunAll();
        _events.Dispose();
        _dispatcher.RunAll();

        Assert.Equal(1, completed);
    }

    [Fact]
    public void Each_observer_is_told_first_what_happened_before_anybody_could_subscribe()
    {
        using var events = new EventStream(_dispatcher, [Event(1), Event(2)]);
        var (early, late) = (new List<PgEvent>(), new List<PgEvent>());
        using var first = events.Subscribe(early.Add);
        events.Publish(Event(3));
        _dispatcher.RunAll();
        using var second = events.Subscribe(late.Add);
        events.Publish(Event(4));
        _dispatcher.RunAll();

        Assert.Equal([Event(1), Event(2), Event(3), Event(4)], early);
        Assert.Equal([Event(1), Event(2), Event(4)], late);
    }

    private static PgWarningEvent Event(int number) => new($"event {number}");

    private void Publish(params int[] numbers)
    {
        foreach (var number in numbers)
            _events.Publish(Event(number));
    }
}
