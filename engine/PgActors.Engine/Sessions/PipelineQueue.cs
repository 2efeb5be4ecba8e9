namespace PgActors.Sessions;

/// <summary>The entries of a pipeline in the order of submission: a ring that grows and is worked on in place.</summary>
internal sealed class PipelineQueue
{
    private PipelineEntry[] _ring = new PipelineEntry[16];
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
        Count--;
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
