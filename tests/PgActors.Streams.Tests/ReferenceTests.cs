using PgActors.Testing;

namespace PgActors.Streams.Tests;

public sealed class ReferenceTests
{
    [Fact]
    public void Streams_add_System_Reactive_to_what_the_actors_refer_to()
    {
        var outside = AssemblyReferences.OutsideFramework(typeof(PgDatabase).Assembly);

        Assert.Equal(
            ["PgActors.Actors", "PgActors.Engine", "System.Reactive"],
            outside.Where(name => !name.EndsWith(".Abstractions", StringComparison.Ordinal)));
    }
}
