using PgActors.Sessions;

namespace PgActors.Engine.Tests.Sessions;

/// <summary>What a server reported of its settings.</summary>
public sealed class SessionParametersTests
{
    [Fact]
    public void Value_reported_again_replaces_the_one_before_and_leaves_that_object_alone()
    {
        var before = SessionParameters.Empty.With("TimeZone", "UTC")!.With("server_version", "18.4")!;
        var after = before.With("TimeZone", "Europe/Paris")!;

        Assert.Equal("18.4", after.ServerVersion);
        Assert.True(after.TryGet("TimeZone", out var zone));
        Assert.Equal("Europe/Paris", zone);
        Assert.True(before.TryGet("TimeZone", out zone));
        Assert.Equal("UTC", zone);
        Assert.Equal(2, after.All.Count);
        Assert.False(after.TryGet("timezone", out _));
    }

    [Fact]
    public void Same_names_and_values_are_equal()
    {
        var one = SessionParameters.Empty.With("a", "1")!.With("b", "2")!;
        var same = SessionParameters.Empty.With("a", "1")!.With("b", "0")!.With("b", "2")!;

        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, one.With("b", "3"));
        Assert.NotEqual(one, one.With("c", "3"));
        Assert.NotEqual(one, SessionParameters.Empty);
    }

    [Fact]
    public void Names_beyond_the_bound_are_refused_and_known_ones_still_change()
    {
        var parameters = SessionParameters.Empty;
        for (var i = 0; i < SessionParameters.MaxCount; i++)
            parameters = parameters.With($"name{i}", "x")!;

        Assert.Null(parameters.With("one more", "x"));
        Assert.NotNull(parameters.With("name0", "y"));
    }
}
