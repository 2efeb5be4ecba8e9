using PgActors.Routing;

namespace PgActors.Actors.Tests.Routing;

public sealed class LaneScaleTests
{
    private const int High = LaneScale.HighLoad;
    private const int Low = LaneScale.LowLoad;

    private static readonly LaneBounds TwoToFour = new(2, 4);

    private readonly LaneScale _scale = new(TwoToFour);

    [Fact]
    public void Load_that_stays_adds_a_lane()
    {
        Assert.Equal(LaneVerdict.Keep, Sample(0, 2, 2 * High));
        Assert.True(_scale.IsUnderPressure);
        Assert.Equal(LaneVerdict.Keep, Sample(1, 2, 2 * High));
        Assert.Equal(LaneVerdict.Grow, Sample(2, 2, 2 * High));
        Assert.True(_scale.IsUnderPressure);

        // The next one has to be wanted as long.
        Assert.Equal(LaneVerdict.Keep, Sample(3, 3, 9 * High));
        Assert.Equal(LaneVerdict.Keep, Sample(4, 3, 9 * High));
        Assert.Equal(LaneVerdict.Grow, Sample(5, 3, 9 * High));
        Assert.False(_scale.IsUnderPressure);
    }

    [Fact]
    public void Burst_that_passes_adds_none()
    {
        for (var second = 0; second < 10; second += 3)
        {
            Sample(second, 2, 100 * High);
            Sample(second + 1, 2, 100 * High);
            Assert.Equal(LaneVerdict.Keep, Sample(second + 2, 2, (2 * High) - 1));
            Assert.False(_scale.IsUnderPressure);
        }
    }

    [Fact]
    public void Most_lanes_are_never_exceeded()
    {
        for (var second = 0; second < 20; second++)
            Assert.Equal(LaneVerdict.Keep, Sample(second, 4, 1_000_000));
        Assert.False(_scale.IsUnderPressure);
    }

    [Fact]
    public void Lanes_that_are_not_connected_say_nothing_of_what_is_needed()
    {
        for (var second = 0; second < 100; second++)
            Assert.Equal(LaneVerdict.Keep, _scale.OnSample(At(second), 3, 2, second % 2 == 0 ? 1_000 : 0));
    }

    [Fact]
    public void Calm_that_lasts_takes_a_lane_away_one_at_a_time()
    {
        Assert.Equal(LaneVerdict.Keep, Sample(0, 4, 3 * Low));
        Assert.Equal(LaneVerdict.Keep, Sample(29, 4, 0));
        Assert.Equal(LaneVerdict.Shrink, Sample(30, 4, 0));
        Assert.Equal(LaneVerdict.Keep, Sample(59, 3, 0));
        Assert.Equal(LaneVerdict.Shrink, Sample(60, 3, 0));
        Assert.Equal(LaneVerdict.Keep, Sample(1_000, 2, 0));
    }

    [Fact]
    public void Work_in_between_starts_the_calm_anew()
    {
        Sample(0, 3, 0);
        Sample(20, 3, (2 * Low) + 1);
        Assert.Equal(LaneVerdict.Keep, Sample(30, 3, 0));
        Assert.Equal(LaneVerdict.Keep, Sample(59, 3, 0));
        Assert.Equal(LaneVerdict.Shrink, Sample(60, 3, 0));
    }

    [Fact]
    public void Bounds_that_cannot_be_kept_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LaneScale(new LaneBounds(0, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LaneScale(new LaneBounds(3, 2)));
    }

    private static DateTimeOffset At(int second) => DateTimeOffset.UnixEpoch.AddSeconds(second);

    private LaneVerdict Sample(int second, int lanes, long load) => _scale.OnSample(At(second), lanes, lanes, load);
}
