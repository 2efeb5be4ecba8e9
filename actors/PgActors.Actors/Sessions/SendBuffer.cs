using PgActors.Protocol;

namespace PgActors.Sessions;

/// <summary>
/// Two buffers: commands are written into one while the other is on its way. A turn fills, then sends once; what is written while a send is
/// under way leaves with the next one, all of it together.
/// </summary>
internal sealed class SendBuffer : IDisposable
{
    // Above this a session takes no more work until a send has completed: the callers' memory is bounded by their own mailbox's bound.
    private const int FullAt = 1024 * 1024;

    // A buffer that grew for one large value goes back to the pool instead of staying with the session.
    private const int KeepAtMost = 64 * 1024;

    private WireWriter _filling = new();
    private WireWriter _leaving = new();

    public WireWriter Writer => _filling;

    public bool IsFull => _filling.Length >= FullAt;

    public bool IsSending { get; private set; }

    public bool HasSomethingToSend => _filling.Length > 0 && !IsSending;

    public ReadOnlyMemory<byte> BeginSend()
    {
        (_filling, _leaving) = (_leaving, _filling);
        IsSending = true;
        return _leaving.WrittenMemory;
    }

    public void EndSend()
    {
        IsSending = false;
        if (_leaving.Length > KeepAtMost)
        {
            _leaving.Dispose();
            _leaving = new WireWriter();
        }
        else
        {
            _leaving.Clear();
        }
    }

    /// <summary>Gives the buffers back unless something is in them.</summary>
    public void Release()
    {
        if (IsSending || _filling.Length > 0)
            return;
        _filling.Dispose();
        _leaving.Dispose();
        (_filling, _leaving) = (new WireWriter(0), new WireWriter(0));
    }

    /// <summary>Gives the buffers back. The one that is leaving waits for <see cref="DisposeLeaving"/>: the send may still read it.</summary>
    public void Dispose()
    {
        _filling.Dispose();
        if (!IsSending)
            _leaving.Dispose();
    }

    /// <summary>The send that was under way at <see cref="Dispose"/> has ended.</summary>
    public void DisposeLeaving()
    {
        IsSending = false;
        _leaving.Dispose();
    }
}
