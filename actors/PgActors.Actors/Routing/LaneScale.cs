namespace PgActors.Routing;

/// <summary>
/// Decides how many lanes there should be from samples of their load. It grows soon, because callers wait, and shrinks late, because a new
/// session costs a server process and an empty statement cache. Pure: time is an argument. Not thread-safe.
/// </summary>
public sealed class LaneScale
{
    /// <summary>The load of a lane, in commands that wait or are in flight, from which one more would help: whoever comes then waits for 15
    /// others.</summary>
    public const int HighLoad = 16;

    /// <summary>The load of a lane that is certainly not too much: as much as pipelining needs to keep a server busy.</summary>
    public const int LowLoad = 4;

    // With the pressure's own pause between them: a burst that is over within some tenths of a second is nobody's reason to grow.
    private const int SamplesToGrow = 3;

    /// <summary>How long a lane must not have been needed before it ends.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly LaneBounds _bounds;
    private int _high;
    private DateTimeOffset? _calmSince;

    /// <summary>Makes a scale that has seen nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bounds are less than 1, or the wrong way round.</exception>
    public LaneScale(LaneBounds bounds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bounds.Minimum, 1, nameof(bounds));
        ArgumentOutOfRangeException.ThrowIfLessThan(bounds.Maximum, bounds.Minimum, nameof(bounds));
        _bounds = bounds;
    }

    /// <summary>Whether the last sample showed a load that another lane, which may be had, would ease: the next is wanted soon.</summary>
    public bool IsUnderPressure { get; private set; }

    /// <summary>Takes a sample.</summary>
    /// <param name="now">Never earlier than in the call before.</param>
    /// <param name="lanes">How many lanes there are.</param>
    /// <param name="ready">How many of them are connected: while some are not, load says nothing of what lanes are needed.</param>
    /// <param name="load">The load of all lanes together.</param>
    public LaneVerdict OnSample(DateTimeOffset now, int lanes, int ready, long load)
    {
        var isHigh = ready == lanes && load >= (long)HighLoad * lanes;
        _high = isHigh && lanes < _bounds.Maximum ? _high + 1 : 0;
        IsUnderPressure = _high > 0;
        if (ready < lanes || lanes <= _bounds.Minimum || load > (long)LowLoad * (lanes - 1))
            _calmSince = null;
        else
            _calmSince ??= now;

        if (_high >= SamplesToGrow)
        {
            _high = 0;
            IsUnderPressure = lanes + 1 < _bounds.Maximum;
            return LaneVerdict.Grow;
        }

        if (!(now - _calmSince >= Patience))
            return LaneVerdict.Keep;
        _calmSince = now;
        return LaneVerdict.Shrink;
    }
}
