namespace PgActors.Testing;

/// <summary>Named places to wait at. Safe to use from many threads at once; nobody is resumed under the lock.</summary>
internal sealed class ModelGates
{
    private readonly Action<Action>? _schedule;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Place> _places = [];

    public ModelGates(Action<Action>? schedule) => _schedule = schedule;

    /// <summary>Arrives. <see cref="PassAsync"/> must follow, outside any lock.</summary>
    /// <returns>A wait that ends with <see langword="true"/> when the place is opened; <see langword="null"/> if it is open.</returns>
    public MemoryWait<bool>? Arrive(string name)
    {
        lock (_gate)
        {
            var place = PlaceOf(name);
            place.Arrivals++;
            if (place.IsOpen)
                return null;
            var wait = new MemoryWait<bool>(_schedule);
            place.Waits.Add(wait);
            return wait;
        }
    }

    /// <summary>Tells who watches of an arrival, and waits.</summary>
    /// <returns>Whether the place was opened; otherwise whoever withdrew the wait has settled it.</returns>
    public Task<bool> PassAsync(string name, MemoryWait<bool>? wait, CancellationToken ct)
    {
        foreach (var reached in TakeReached(name))
            reached.Complete(true);
        if (wait is null)
            return Task.FromResult(true);
        wait.CancelWith(withdrawn => TryWithdraw(name, withdrawn), ct);
        return wait.Task;
    }

    /// <summary>Takes a wait out.</summary>
    /// <returns>Whether it was still there, and is now the caller's to settle.</returns>
    public bool TryWithdraw(string name, MemoryWait<bool> wait)
    {
        lock (_gate)
            return PlaceOf(name).Waits.Remove(wait);
    }

    /// <summary>Opens the place for good, and lets those who wait go on in the order they came.</summary>
    public void Open(string name)
    {
        MemoryWait<bool>[] waits;
        lock (_gate)
        {
            var place = PlaceOf(name);
            place.IsOpen = true;
            waits = [.. place.Waits];
            place.Waits.Clear();
        }

        foreach (var wait in waits)
            wait.Complete(true);
    }

    /// <summary>Waits until there were so many arrivals.</summary>
    public Task ReachedAsync(string name, int arrivals, CancellationToken ct)
    {
        var wait = new MemoryWait<bool>(_schedule);
        lock (_gate)
        {
            var place = PlaceOf(name);
            if (place.Arrivals >= arrivals)
                return Task.CompletedTask;
            place.Watches.Add((arrivals, wait));
        }

        wait.CancelWith(
            withdrawn =>
            {
                lock (_gate)
                    return PlaceOf(name).Watches.RemoveAll(watch => watch.Wait == withdrawn) > 0;
            },
            ct);
        return wait.Task;
    }

    private MemoryWait<bool>[] TakeReached(string name)
    {
        lock (_gate)
        {
            var place = PlaceOf(name);
            MemoryWait<bool>[] reached = [.. place.Watches.Where(watch => watch.Arrivals <= place.Arrivals).Select(watch => watch.Wait)];
            place.Watches.RemoveAll(watch => watch.Arrivals <= place.Arrivals);
            return reached;
        }
    }

    private Place PlaceOf(string name)
    {
        if (!_places.TryGetValue(name, out var place))
            _places.Add(name, place = new Place());
        return place;
    }

    private sealed class Place
    {
        public bool IsOpen { get; set; }

        public int Arrivals { get; set; }

        public List<MemoryWait<bool>> Waits { get; } = [];

        public List<(int Arrivals, MemoryWait<bool> Wait)> Watches { get; } = [];
    }
}
