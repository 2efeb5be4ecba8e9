using PgActors.Runtime;
using PgActors.Testing;

namespace PgActors.Actors.Tests;

public sealed class ReferenceTests
{
    [Fact]
    public void Actors_refer_to_the_engine_and_to_abstractions_alone()
    {
        var outside = AssemblyReferences.OutsideFramework(typeof(ActorRuntime).Assembly);

        Assert.Contains("PgActors.Engine", outside);
        Assert.DoesNotContain(outside, name => name != "PgActors.Engine" && !name.EndsWith(".Abstractions", StringComparison.Ordinal));
    }
}
