using PgActors.Testing;

namespace PgActors.Engine.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void Public_surface_is_the_approved_one()
    {
        var difference = PublicApiFile.Check(typeof(Outcome).Assembly, "engine/PgActors.Engine", "PgActors.sln");

        Assert.True(difference is null, difference);
    }
}
