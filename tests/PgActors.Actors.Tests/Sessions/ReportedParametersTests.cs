using PgActors.Sessions;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>One copy of what a server tells all sessions of a database.</summary>
public sealed class ReportedParametersTests
{
    [Fact]
    public void Sessions_that_were_told_the_same_hold_the_same_object()
    {
        var reported = new ReportedParameters();
        var first = Told("18.4");
        Assert.Same(first, reported.Share(first));
        Assert.Same(first, reported.Share(Told("18.4")));

        var newer = Told("18.5");
        Assert.Same(newer, reported.Share(newer));
        Assert.Same(newer, reported.Share(Told("18.5")));
    }

    private static SessionParameters Told(string version) => SessionParameters.Empty.With("server_version", version)!.With("TimeZone", "UTC")!;
}
