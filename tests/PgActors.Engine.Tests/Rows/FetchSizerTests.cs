using PgActors.Rows;

namespace PgActors.Engine.Tests.Rows;

public sealed class FetchSizerTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(256)]
    [InlineData(100_000)]
    public void Fetches_settle_at_the_bytes_that_are_wanted(int rowBytes)
    {
        var sizer = new FetchSizer(128 * 1024);
        for (var i = 0; i < 20; i++)
            sizer.OnFetched((long)sizer.Rows * rowBytes);

        Assert.Equal(Math.Max(1, 128 * 1024 / rowBytes), sizer.Rows);
    }

    [Fact]
    public void Size_changes_by_four_at_most_at_a_time()
    {
        var sizer = new FetchSizer(1 << 20);

        sizer.OnFetched(1);
        Assert.Equal(4 * FetchSizer.First, sizer.Rows);
        sizer.OnFetched(long.MaxValue);
        Assert.Equal(FetchSizer.First, sizer.Rows);
    }

    [Fact]
    public void Size_is_bounded_on_both_sides()
    {
        var sizer = new FetchSizer(1);
        for (var i = 0; i < 20; i++)
            sizer.OnFetched(long.MaxValue);
        Assert.Equal(1, sizer.Rows);

        sizer = new FetchSizer(long.MaxValue);
        for (var i = 0; i < 20; i++)
            sizer.OnFetched(0);
        Assert.Equal(FetchSizer.Most, sizer.Rows);
    }

    [Fact]
    public void Target_of_nothing_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new FetchSizer(0));
}
