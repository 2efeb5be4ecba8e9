using PgActors.Sessions;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>When a long result is received in large pieces.</summary>
public sealed class StreamPaceTests
{
    private const int Piece = 64 * 1024;

    private readonly VirtualTime _time = new();

    [Fact]
    public void Rows_that_come_fast_for_long_enough_are_waited_for()
    {
        var pace = default(StreamPace);
        Assert.Equal((false, 1), (pace.IsFast, pace.LowWaterMark));
        Receive(ref pace, 4 << 20, TimeSpan.Zero);
        Assert.True(pace.IsFast);
        Assert.InRange(pace.LowWaterMark, 2, pace.SlabSize);
    }

    [Fact]
    public void Rows_that_come_slowly_never_are()
    {
        var pace = default(StreamPace);
        Receive(ref pace, 64 << 20, TimeSpan.FromMilliseconds(2));
        Assert.False(pace.IsFast);
        Assert.Equal(1, pace.LowWaterMark);
    }

    [Fact]
    public void A_pause_ends_it_and_it_is_to_be_proven_anew()
    {
        var pace = default(StreamPace);
        Receive(ref pace, 4 << 20, TimeSpan.Zero);
        pace.OnPause();
        Assert.Equal((false, 1), (pace.IsFast, pace.LowWaterMark));
        Receive(ref pace, 3 << 20, TimeSpan.Zero);
        Assert.False(pace.IsFast);
        Receive(ref pace, 1 << 20, TimeSpan.Zero);
        Assert.True(pace.IsFast);
    }

    private void Receive(ref StreamPace pace, int bytes, TimeSpan pause)
    {
        for (var i = 0; i < bytes / Piece; i++)
        {
            pace.OnReceived(Piece, _time);
            _time.Advance(pause);
        }
    }
}
