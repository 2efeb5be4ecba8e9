using PgActors.Rows;

namespace PgActors.Sessions;

/// <summary>
/// The slab that is being received into: [0, start) is worked off, [start, end) waits, [end, …) is free. Rows in it are handed out in place, so
/// it is replaced, never moved, while anybody else holds it.
/// </summary>
internal sealed class ReceiveBuffer : IDisposable
{
    // Below this a receive would bring so little that a fresh slab is cheaper.
    private const int WorthReceiving = 8 * 1024;

    private RowSlab? _slab;
    private int _start;
    private int _end;

    public RowSlab Slab => _slab!;

    public int Start => _start;

    public ReadOnlySpan<byte> Waiting => _slab is null ? default : _slab.Buffer.AsSpan(_start, _end - _start);

    /// <summary>Room to receive into. If the frame at hand fills half of the slab, the next slab is twice as large: memory grows with
    /// the bytes that arrive, never because a length word announced them.</summary>
    /// <param name="size">What the slab should hold, if it is a new one.</param>
    public Memory<byte> PrepareReceive(int size = RowSlab.DefaultSize)
    {
        if (_slab is null)
        {
            _slab = RowSlab.Rent(size);
        }
        else if (_start == _end && _slab.IsHeldOnce && _slab.Capacity >= size && _slab.Capacity <= size * 2)
        {
            _start = _end = 0;
        }
        else
        {
            var waiting = _end - _start;
            if (_slab.Capacity - _end < (size == RowSlab.DefaultSize ? WorthReceiving : size / 2))
                Replace(waiting >= _slab.Capacity / 2 ? _slab.Capacity * 2L : size);
        }

        return _slab.Buffer.AsMemory(_end);
    }

    public void OnReceived(int bytes) => _end += bytes;

    public void OnWorkedOff(int bytes) => _start += bytes;

    /// <summary>Gives the slab back unless something in it waits.</summary>
    public void Release()
    {
        if (_start == _end)
            Dispose();
    }

    public void Dispose()
    {
        _slab?.Release();
        _slab = null;
        _start = _end = 0;
    }

    private void Replace(long size)
    {
        var waiting = Waiting;
        var larger = RowSlab.Rent((int)Math.Min(Math.Max(size, waiting.Length + WorthReceiving), Array.MaxLength));
        waiting.CopyTo(larger.Buffer);
        _end = waiting.Length;
        _start = 0;
        _slab!.Release();
        _slab = larger;
    }
}
