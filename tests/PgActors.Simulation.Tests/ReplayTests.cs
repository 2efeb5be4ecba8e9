namespace PgActors.Simulation.Tests;

public sealed class ReplayTests
{
    private const int Seeds = 20;

    [Fact]
    public void One_seed_replays_and_others_differ()
    {
        var hashes = new HashSet<ulong>();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var first = World.Run(seed);
            var second = World.Run(seed);

            Assert.Equal(first.Simulation.Trace.Lines, second.Simulation.Trace.Lines);
            Assert.Equal(first.Simulation.Trace.Hash, second.Simulation.Trace.Hash);
            Assert.Equal(first.Ends, second.Ends);
            Assert.Equal(first.Log, second.Log);
            hashes.Add(first.Simulation.Trace.Hash);
        }

        Assert.Equal(Seeds, hashes.Count);
    }
}
