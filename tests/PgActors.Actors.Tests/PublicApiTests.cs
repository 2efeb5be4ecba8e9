using PgActors.Runtime;
using PgActors.Testing;

namespace PgActors.Actors.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void Public_surface_is_the_approved_one()
    {
        var difference = PublicApiFile.Check(typeof(ActorRuntime).Assembly, "actors/PgActors.Actors", "PgActors.sln");

        Assert.True(difference is null, difference);
    }
}
