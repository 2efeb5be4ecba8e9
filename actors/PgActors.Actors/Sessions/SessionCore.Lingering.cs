namespace PgActors.Sessions;

/// <content>
/// Lingering: a turn on a caller's thread that has sent everything waits for the answer there instead of arming a receive. The caller waits for it
/// anyway, and is spared two hops, from the system's event thread to a worker's and from there to its own, each of which wakes a thread and
/// leaves another looking for work. Nor does anything that arrives meanwhile wake that event thread (SO_RCVLOWAT). It is tried only while it
/// pays (<see cref="LingerPolicy"/>, <see cref="StreamPace"/>), and only where the host has time to spare.
/// </content>
/// <remarks>Turns on workers' threads do not linger: with many callers on a session they came out no faster so, and what others
/// posted meanwhile had to wait.</remarks>
public sealed partial class SessionCore
{
    // More than the answers of short commands, and less than what makes the system widen the socket's buffer.
    private const int Unreachable = 32 * 1024;

    private readonly LingerPolicy _linger = new();

    // True if something came, so that the turn is not at its end.
    private bool TryLinger()
    {
        if (_link!.IsReceiving || !_link.CanPoll || !_host.MayLinger)
            return false;
        return _pumped != default && _pace.IsFast ? TryAwaitRows() : TrySpin();
    }

    // The answer of a short command, or of a batch of them, to a server nearby is here before a thread could be put to sleep and woken again.
    private bool TrySpin()
    {
        if (!_linger.IsWorthwhile())
            return false;
        _link!.SetLowWaterMark(Unreachable);
        var time = _host.Runtime.Time;
        var longest = LingerPolicy.TimeFor(_requests.Count);
        var start = time.GetTimestamp();
        do
        {
            if (Glance())
            {
                _linger.OnAnswered();
                return true;
            }

            Thread.SpinWait(LingerPolicy.Pause);
        }
        while (_host.MayLinger && time.GetElapsedTime(start) < longest);
        _linger.OnMissed();
        return false;
    }

    // The next part of a fast result is so large, and so soon here, that to sleep for it costs next to nothing.
    private bool TryAwaitRows()
    {
        if (!_host.TryBeginBlocking())
            return false;
        try
        {
            _link!.SetLowWaterMark(_pace.LowWaterMark);
            if (_link.AwaitArrival(StreamPace.LongestPause) && Glance())
                return true;
            SlowDown();
            return false;
        }
        finally
        {
            _host.EndBlocking();
        }
    }
}
