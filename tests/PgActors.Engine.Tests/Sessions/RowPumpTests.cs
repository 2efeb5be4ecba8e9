using PgActors.Sessions;

namespace PgActors.Engine.Tests.Sessions;

public sealed class RowPumpTests
{
    [Fact]
    public void Begins_with_the_bytes_at_hand_and_all_credit()
    {
        var pump = new RowPump(100);

        Assert.Equal(RowPumpState.AwaitingRead, pump.State);
        Assert.Equal(0, pump.Owed);
    }

    [Theory]
    [InlineData(RowPumpState.AwaitingRows, "received", RowPumpState.AwaitingRead, false)]
    [InlineData(RowPumpState.AwaitingRead, "received", RowPumpState.AwaitingRead, false)]
    [InlineData(RowPumpState.AwaitingDemand, "received", RowPumpState.AwaitingReadOrDemand, false)]
    [InlineData(RowPumpState.AwaitingReadOrDemand, "received", RowPumpState.AwaitingReadOrDemand, false)]
    [InlineData(RowPumpState.AwaitingRows, "forwarded little", RowPumpState.AwaitingRows, false)]
    [InlineData(RowPumpState.AwaitingRead, "forwarded little", RowPumpState.AwaitingRead, false)]
    [InlineData(RowPumpState.AwaitingDemand, "forwarded little", RowPumpState.AwaitingDemand, false)]
    [InlineData(RowPumpState.AwaitingReadOrDemand, "forwarded little", RowPumpState.AwaitingReadOrDemand, false)]
    [InlineData(RowPumpState.AwaitingRows, "forwarded much", RowPumpState.AwaitingDemand, false)]
    [InlineData(RowPumpState.AwaitingRead, "forwarded much", RowPumpState.AwaitingReadOrDemand, false)]
    [InlineData(RowPumpState.AwaitingDemand, "forwarded much", RowPumpState.AwaitingDemand, false)]
    [InlineData(RowPumpState.AwaitingReadOrDemand, "forwarded much", RowPumpState.AwaitingReadOrDemand, false)]
    [InlineData(RowPumpState.AwaitingRows, "worked off", RowPumpState.AwaitingRows, true)]
    [InlineData(RowPumpState.AwaitingRead, "worked off", RowPumpState.AwaitingRows, true)]
    [InlineData(RowPumpState.AwaitingDemand, "worked off", RowPumpState.AwaitingDemand, false)]
    [InlineData(RowPumpState.AwaitingReadOrDemand, "worked off", RowPumpState.AwaitingDemand, false)]
    [InlineData(RowPumpState.AwaitingRows, "consumed little", RowPumpState.AwaitingRows, false)]
    [InlineData(RowPumpState.AwaitingRead, "consumed little", RowPumpState.AwaitingRead, false)]
    [InlineData(RowPumpState.AwaitingDemand, "consumed little", RowPumpState.AwaitingDemand, false)]
    [InlineData(RowPumpState.AwaitingReadOrDemand, "consumed little", RowPumpState.AwaitingReadOrDemand, false)]
    [InlineData(RowPumpState.AwaitingRows, "consumed all", RowPumpState.AwaitingRows, false)]
    [InlineData(RowPumpState.AwaitingRead, "consumed all", RowPumpState.AwaitingRead, false)]
    [InlineData(RowPumpState.AwaitingDemand, "consumed all", RowPumpState.AwaitingRows, true)]
    [InlineData(RowPumpState.AwaitingReadOrDemand, "consumed all", RowPumpState.AwaitingRead, false)]
    [InlineData(RowPumpState.AwaitingRows, "abandoned", RowPumpState.AwaitingRows, false)]
    [InlineData(RowPumpState.AwaitingRead, "abandoned", RowPumpState.AwaitingRead, false)]
    [InlineData(RowPumpState.AwaitingDemand, "abandoned", RowPumpState.AwaitingRows, true)]
    [InlineData(RowPumpState.AwaitingReadOrDemand, "abandoned", RowPumpState.AwaitingRead, false)]
    public void Fact_leads_from_state_to_state(RowPumpState from, string fact, RowPumpState to, bool receives)
    {
        var pump = At(from);

        var answer = fact switch
        {
            "received" => Do(ref pump, (ref p) => p.OnReceived()),
            "forwarded little" => Do(ref pump, (ref p) => p.OnForwarded(1)),
            "forwarded much" => Do(ref pump, (ref p) => p.OnForwarded(100)),
            "worked off" => pump.OnWorkedOff(),
            "consumed little" => pump.OnConsumed(1),
            "consumed all" => pump.OnConsumed(120),
            "abandoned" => pump.OnAbandoned(),
            _ => throw new ArgumentOutOfRangeException(nameof(fact)),
        };

        Assert.Equal(to, pump.State);
        Assert.Equal(receives, answer);
    }

    [Fact]
    public void Credit_is_counted_in_bytes_and_the_window_is_a_threshold()
    {
        var pump = new RowPump(100);

        pump.OnForwarded(99);
        Assert.Equal(RowPumpState.AwaitingRead, pump.State);
        pump.OnForwarded(1);
        Assert.Equal(RowPumpState.AwaitingReadOrDemand, pump.State);
        pump.OnForwarded(60_000);
        Assert.Equal(60_100, pump.Owed);
        Assert.False(pump.OnWorkedOff());
        Assert.False(pump.OnConsumed(60_000));
        Assert.Equal(RowPumpState.AwaitingDemand, pump.State);
        Assert.True(pump.OnConsumed(1));
        Assert.Equal(99, pump.Owed);
        Assert.False(pump.OnConsumed(1));
    }

    [Fact]
    public void More_than_is_owed_counts_as_all()
    {
        var pump = At(RowPumpState.AwaitingDemand);

        Assert.True(pump.OnConsumed(long.MaxValue));
        Assert.Equal(0, pump.Owed);
    }

    [Fact]
    public void Window_of_one_byte_stops_after_every_row_and_never_for_good()
    {
        var pump = new RowPump(1);
        for (var i = 0; i < 3; i++)
        {
            pump.OnReceived();
            pump.OnForwarded(12);
            Assert.False(pump.OnWorkedOff());
            Assert.False(pump.OnConsumed(11));
            Assert.True(pump.OnConsumed(1));
        }
    }

    [Fact]
    public void Narrow_pump_stops_for_every_row_until_it_is_wide_again()
    {
        var pump = new RowPump(100) { IsNarrow = true };
        pump.OnForwarded(10);
        pump.OnForwarded(10);
        Assert.False(pump.OnWorkedOff());
        Assert.False(pump.OnConsumed(10));
        Assert.True(pump.OnConsumed(10));

        pump.OnReceived();
        pump.IsNarrow = false;
        pump.OnForwarded(10);
        Assert.True(pump.OnWorkedOff());
    }

    [Fact]
    public void Abandoned_pump_cannot_be_narrow()
    {
        var pump = new RowPump(100) { IsNarrow = true };
        pump.OnForwarded(10);
        Assert.False(pump.OnWorkedOff());
        Assert.True(pump.OnAbandoned());
        pump.OnReceived();
        pump.OnForwarded(10);
        Assert.True(pump.OnWorkedOff());
    }

    [Fact]
    public void Unlimited_window_never_stops()
    {
        var pump = new RowPump(long.MaxValue);
        for (var i = 0; i < 1000; i++)
        {
            pump.OnReceived();
            pump.OnForwarded(int.MaxValue);
            Assert.True(pump.OnWorkedOff());
        }
    }

    [Fact]
    public void Nothing_stops_the_rows_of_an_abandoned_command_any_more()
    {
        var pump = At(RowPumpState.AwaitingDemand);

        Assert.True(pump.OnAbandoned());
        pump.OnReceived();
        pump.OnForwarded(1_000_000);
        Assert.True(pump.OnWorkedOff());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Window_without_room_is_refused(long window) => Assert.Throws<ArgumentOutOfRangeException>(() => new RowPump(window));

    // Reached by what would happen: bytes come, rows go, the consumer lags.
    private static RowPump At(RowPumpState state)
    {
        var pump = new RowPump(100);
        var behind = state is RowPumpState.AwaitingDemand or RowPumpState.AwaitingReadOrDemand;
        pump.OnForwarded(behind ? 120 : 20);
        if (state is RowPumpState.AwaitingRows or RowPumpState.AwaitingDemand)
            pump.OnWorkedOff();
        Assert.Equal(state, pump.State);
        return pump;
    }

    private delegate void Input(ref RowPump pump);

    private static bool Do(ref RowPump pump, Input input)
    {
        input(ref pump);
        return false;
    }
}
