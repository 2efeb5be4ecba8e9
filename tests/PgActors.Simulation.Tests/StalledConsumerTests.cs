namespace PgActors.Simulation.Tests;

/// <summary>A consumer that stalls or is gone costs nobody else anything: no turns of the scheduler, and no time.</summary>
public sealed class StalledConsumerTests
{
    private const int Consumers = 3;
    private const int Rows = 5_000;
    private const int Calls = 200;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Others_take_as_many_turns_beside_stalled_consumers_as_alone(bool runsInline)
    {
        var alone = Play(runsInline, consumers: 0);
        var beside = Play(runsInline, Consumers);

        Assert.Equal((0, 0), (alone.Time.Ticks, beside.Time.Ticks));

        // The order of what is ready is drawn, so that one turn now and then does the work of two.
        Assert.InRange(beside.Turns, alone.Turns * 0.99, alone.Turns * 1.01);
    }

    private static (long Turns, TimeSpan Time) Play(bool runsInline, int consumers)
    {
        var stage = new Stage(runsInline ? 1 : 2);
        var spent = (0L, TimeSpan.Zero);
        stage.Play("shared_sessions=2&max_leased_sessions=8", async db =>
        {
            var stalled = new List<IAsyncEnumerator<int>>();
            using var gone = new CancellationTokenSource();
            for (var i = 0; i < consumers; i++)
            {
                stalled.Add(await StallAsync(db, Ct));
                await StallAsync(db, gone.Token);
            }

            // The stream beside them has its session already, as it has in the run without them.
            await using (await db.LeaseAsync(Ct))
                await stage.ElapseAsync(TimeSpan.FromSeconds(1));
            await stage.SettleAsync();
            var (turns, time) = (stage.Simulation.Steps, stage.Simulation.Time.Elapsed);
            for (var i = 0; i < Calls; i++)
                Assert.Equal(i, await db.QuerySingleAsync<int>($"select {i}", Ct));
            var rows = 0;
            await foreach (var row in db.Query<int>("rows 5000").WithCancellation(Ct))
                Assert.Equal(++rows, row);
            Assert.Equal(Rows, rows);
            spent = (stage.Simulation.Steps - turns, stage.Simulation.Time.Elapsed - time);

            // They are where they were, and may go on.
            foreach (var stream in stalled)
            {
                var seen = stream.Current;
                while (await stream.MoveNextAsync())
                    Assert.Equal(++seen, stream.Current);
                Assert.Equal(Rows, seen);
                await stream.DisposeAsync();
            }

            gone.Cancel();
        });
        return spent;
    }

    private static async Task<IAsyncEnumerator<int>> StallAsync(PgDatabase db, CancellationToken cancellationToken)
    {
        var rows = db.Query<int>("rows 5000").WithWindow(1).GetAsyncEnumerator(cancellationToken);
        Assert.True(await rows.MoveNextAsync());
        return rows;
    }
}
