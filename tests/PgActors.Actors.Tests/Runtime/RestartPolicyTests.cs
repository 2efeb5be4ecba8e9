using PgActors.Runtime;

namespace PgActors.Actors.Tests.Runtime;

public sealed class RestartPolicyTests
{
    private static readonly DateTimeOffset Start = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 200)]
    [InlineData(6, 3_200)]
    [InlineData(7, 4_000)]
    [InlineData(int.MaxValue, 4_000)]
    public void Longest_wait_doubles_up_to_its_bound(int failures, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Backoff.Ceiling(RestartPolicy.Default, failures));

    [Fact]
    public void Wait_is_spread_between_floor_and_ceiling_for_any_policy()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var policy = new RestartPolicy
            {
                InitialBackoff = TimeSpan.FromTicks(random.NextInt64(0, TimeSpan.TicksPerMinute)),
                MaxBackoff = TimeSpan.FromTicks(random.NextInt64(0, TimeSpan.TicksPerHour)),
                MinBackoff = TimeSpan.FromTicks(random.NextInt64(0, TimeSpan.TicksPerSecond)),
                Multiplier = 1 + (random.NextDouble() * 10),
            };
            var failures = random.Next(1, 2_000);
            var ceiling = Backoff.Ceiling(policy, failures);
            var delay = Backoff.Delay(policy, failures, random.NextDouble());

            Assert.InRange(ceiling, TimeSpan.Zero, policy.MaxBackoff);
            Assert.True(delay >= policy.MinBackoff);
            Assert.True(delay <= (ceiling > policy.MinBackoff ? ceiling : policy.MinBackoff));
            Assert.True(Backoff.Ceiling(policy, failures + 1) >= ceiling);
        }
    }

    [Fact]
    public void Jitter_is_full()
    {
        var policy = RestartPolicy.Default;

        Assert.Equal(TimeSpan.Zero, Backoff.Delay(policy, 3, 0));
        Assert.Equal(TimeSpan.FromMilliseconds(200), Backoff.Delay(policy, 3, 0.5));
        Assert.Equal(TimeSpan.FromMilliseconds(250), Backoff.Delay(policy with { MinBackoff = TimeSpan.FromMilliseconds(100) }, 3, 0.5));
    }

    [Fact]
    public void Probe_waits_for_the_initial_back_off_at_least() =>
        Assert.Equal(RestartPolicy.Default.InitialBackoff, Backoff.ProbeDelay(RestartPolicy.Default, 10, 0));

    [Fact]
    public void Back_off_that_begins_with_nothing_stays_nothing() =>
        Assert.Equal(TimeSpan.Zero, Backoff.Delay(RestartPolicy.Default with { InitialBackoff = TimeSpan.Zero }, int.MaxValue, 0.9));

    [Fact]
    public void Window_slides()
    {
        var intensity = new RestartIntensity(new RestartPolicy { MaxRestarts = 2, Window = TimeSpan.FromSeconds(10) });

        Assert.True(intensity.TryCount(Start));
        Assert.True(intensity.TryCount(Start.AddSeconds(5)));
        Assert.False(intensity.TryCount(Start.AddSeconds(9.999)));
        Assert.True(intensity.TryCount(Start.AddSeconds(10)));
        Assert.False(intensity.TryCount(Start.AddSeconds(14)));
        intensity.Clear();
        Assert.True(intensity.TryCount(Start.AddSeconds(14)));
    }

    [Fact]
    public void Impossible_values_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RestartPolicy { InitialBackoff = TimeSpan.FromTicks(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RestartPolicy { Multiplier = 0.99 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RestartPolicy { Multiplier = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RestartPolicy { MaxRestarts = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Backoff.Ceiling(RestartPolicy.Default, 0));
    }
}
