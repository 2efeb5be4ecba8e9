using System.Globalization;

namespace PgActors.Simulation.Tests;

public sealed class InvariantTests
{
    // Some seconds in all. A longer search is one variable away; what it finds is repeated by its seed.
    private const string SeedsVariable = "PGACTORS_SIMULATION_SEEDS";
    private const int UsualSeeds = 200;

    [Fact]
    public void Callers_are_told_the_truth_whatever_the_order()
    {
        var asked = Environment.GetEnvironmentVariable(SeedsVariable);
        var seeds = asked is null ? UsualSeeds : int.Parse(asked, CultureInfo.InvariantCulture);
        var outcomes = new HashSet<string>();
        long cancels = 0;
        for (var seed = 0; seed < seeds; seed++)
        {
            var world = World.Run(seed);
            Truth.Check(world);
            outcomes.UnionWith(world.Ends.Select(end => $"{end.Outcome}"));
            cancels += world.Counters.CancelledStatements;
        }

        // The search is worth something only if it gets everywhere.
        Assert.Equal(4, outcomes.Count);
        Assert.True(cancels > seeds, $"only {cancels} statements were cancelled");
    }
}
