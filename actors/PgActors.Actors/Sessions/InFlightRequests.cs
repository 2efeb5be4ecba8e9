namespace PgActors.Sessions;

/// <summary>The requests of a session in the order of their numbers, which are consecutive: finding one is a subtraction.</summary>
/// <param name="most">How many there may be; those of a group that has begun come on top.</param>
internal sealed class InFlightRequests(int most)
{
    // Many a session never has more than one or two.
    private const int Initial = 4;

    // What a large batch made of it is not kept.
    private const int KeepAtMost = 1024;

    private SessionRequest?[] _ring = new SessionRequest?[Initial];
    private int _first;
    private long _nextId = 1;
    private bool _isFull;

    /// <summary>Whether more may come. Once there are as many as there may be, not before a half of them has ended: where many wait, they would
    /// come one by one otherwise, as each answer makes room, and cost a write each. The server has enough to do meanwhile.</summary>
    public bool HasRoom => !_isFull;

    public int Count { get; private set; }

    /// <summary>The oldest; <see langword="null"/> if there is none.</summary>
    public SessionRequest? First => Count > 0 ? _ring[_first] : null;

    /// <summary>The number given last.</summary>
    public RequestId LastId => new(_nextId - 1);

    /// <summary>One of them, counted from the oldest.</summary>
    public SessionRequest this[int index] => _ring[(_first + index) & (_ring.Length - 1)]!;

    /// <summary>The numbers in use when it is asked.</summary>
    public IEnumerable<RequestId> Ids
    {
        get
        {
            var (first, end) = (_nextId - Count, _nextId);
            for (var id = first; id < end; id++)
                yield return new RequestId(id);
        }
    }

    public RequestId Add(SessionRequest request)
    {
        if (Count == _ring.Length)
            Grow();
        _ring[(_first + Count) & (_ring.Length - 1)] = request;
        Count++;
        _isFull |= Count >= most;
        return new RequestId(_nextId++);
    }

    public SessionRequest? Find(RequestId id)
    {
        var index = id.Value - (_nextId - Count);
        return index >= 0 && index < Count ? _ring[(_first + (int)index) & (_ring.Length - 1)] : null;
    }

    public void Replace(RequestId id, SessionRequest request) =>
        _ring[(_first + (int)(id.Value - (_nextId - Count))) & (_ring.Length - 1)] = request;

    public SessionRequest TakeFirst()
    {
        var request = _ring[_first]!;
        _ring[_first] = null;
        _first = (_first + 1) & (_ring.Length - 1);
        _isFull &= Count - 1 > most / 2;
        if (--Count == 0 && _ring.Length > KeepAtMost)
            (_ring, _first) = (new SessionRequest?[Initial], 0);
        return request;
    }

    private void Grow()
    {
        var larger = new SessionRequest?[_ring.Length * 2];
        for (var i = 0; i < Count; i++)
            larger[i] = _ring[(_first + i) & (_ring.Length - 1)];
        _ring = larger;
        _first = 0;
    }
}
