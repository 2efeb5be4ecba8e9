using PgActors.Testing;

namespace PgActors.Streams.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void Public_surface_is_the_approved_one()
    {
        var difference = PublicApiFile.Check(typeof(PgDatabase).Assembly, "streams/PgActors.Streams", "PgActors.sln");

        Assert.True(difference is null, difference);
    }
}
