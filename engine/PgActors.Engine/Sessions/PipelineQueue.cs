namespace PgActors.Sessions;

/// <summary>The entries of a pipeline in the order of submission: a ring that grows and is worked on in place.</summary>
internal sealed class PipelineQueue
{
    // Many a session never has more than one or two under way.
    private const int Initial = 4;

    // What a large batch made of it is not kept.
    private const int KeepAtMost = 1024;

    private PipelineEntry[] _ring = new PipelineEntry[Initial];
    private int _first;

    public int Count { get; private set; }

    public ref PipelineEntry this[int index] => ref _ring[(_first + index) & (_ring.Length - 1)];

    public ref PipelineEntry Append()
    {
        if (Count == _ring.Length)
            Grow();
        return ref this[Count++];
    }

    public void RemoveFirst()
    {
        this[0] = default;
        _first = (_first + 1) & (_ring.Length - 1);
        if (--Count == 0 && _ring.Length > KeepAtMost)
            (_ring, _first) = (new PipelineEntry[Initial], 0);
    }

    private void Grow()
    {
        var larger = new PipelineEntry[_ring.Length * 2];
        for (var i = 0; i < Count; i++)
            larger[i] = this[i];
        _ring = larger;
        _first = 0;
    }
}
