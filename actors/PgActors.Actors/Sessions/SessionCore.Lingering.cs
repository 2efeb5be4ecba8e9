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

    // Commands. With 100 a thread that slept came out as fast as one that looked, at four fifths of the processor time (docs/BENCHMARKS.md,
    // batch-100); 10 are answered in less time than it takes to fall asleep and wake up.
    private const int LargeGroup = 32;

    private readonly LingerPolicy _linger = new();

    // True if something came, so that the turn is not at its end.
    private bool TryLinger()
    {
        if (_link!.IsReceiving || !_link.CanPoll || !_host.MayLinger)
            return false;
        if (_pumped != default && _pace.IsFast)
            return TryAwaitRows();
        if (!_linger.IsWorthwhile())
            return false;
        var came = IsLargeGroup ? AwaitEnd() : Spin();
        if (came)
            _linger.OnAnswered();
        else
            _linger.OnMissed();
        return came;
    }

    // Its answer comes as a whole behind its end, and only when a thread has had the time to fall asleep and wake up.
    private bool IsLargeGroup
    {
        get
        {
            if (_requests.Count < LargeGroup)
                return false;
            for (var i = 0; i < LargeGroup - 1; i++)
            {
                if (_requests[i].Syncs)
                    return false;
            }

            return true;
        }
    }

    // The answer of a short command, or of a few of them, to a server nearby is here before a thread could be put to sleep and woken again.
    private bool Spin()
    {
        _link!.SetLowWaterMark(Unreachable);
        var time = _host.Runtime.Time;
        var longest = LingerPolicy.TimeFor(_requests.Count);
        var start = time.GetTimestamp();
        do
        {
            if (Glance())
                return true;
            Thread.SpinWait(LingerPolicy.Pause);
        }
        while (_host.MayLinger && time.GetElapsedTime(start) < longest);
        return false;
    }

    private bool AwaitEnd()
    {
        if (!_host.TryBeginBlocking())
            return Spin();
        try
        {
            _link!.SetLowWaterMark(1);
            return _link.AwaitArrival(LingerPolicy.LongestSleep) && Glance();
        }
        finally
        {
            _host.EndBlocking();
        }
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
