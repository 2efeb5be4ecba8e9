namespace PgActors.Simulation.Tests;

public sealed class InvariantTests
{
    // A run takes some milliseconds. A defect found by a longer search gets its seed a test of its own.
    private const int Seeds = 200;

    [Fact]
    public void Callers_are_told_the_truth_whatever_the_order()
    {
        var outcomes = new HashSet<string>();
        long cancels = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var world = World.Run(seed);
            Truth.Check(world);
            outcomes.UnionWith(world.Ends.Select(end => $"{end.Outcome}"));
            cancels += world.Counters.CancelledStatements;
        }

        // The search is worth something only if it gets everywhere.
        Assert.Equal(4, outcomes.Count);
        Assert.True(cancels > Seeds, $"only {cancels} statements were cancelled");
    }
}
