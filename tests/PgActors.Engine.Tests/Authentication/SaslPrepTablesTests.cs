using PgActors.Authentication;

namespace PgActors.Engine.Tests.Authentication;

public sealed class SaslPrepTablesTests
{
    // The numbers of code points in the tables of RFC 3454.
    [Fact]
    public void Tables_have_all_their_code_points()
    {
        Assert.Equal(17, Count(SaslPrepTables.NonAsciiSpace));
        Assert.Equal(27, Count(SaslPrepTables.MappedToNothing));
        Assert.Equal(139_813, Count(SaslPrepTables.Prohibited));
        Assert.Equal(879_309, Count(SaslPrepTables.Unassigned));
        Assert.Equal(1_044, Count(SaslPrepTables.RightToLeft));
        Assert.Equal(229_973, Count(SaslPrepTables.LeftToRight));
    }

    [Fact]
    public void Edges_rise_and_come_in_pairs()
    {
        AssertRising(SaslPrepTables.NonAsciiSpace);
        AssertRising(SaslPrepTables.MappedToNothing);
        AssertRising(SaslPrepTables.Prohibited);
        AssertRising(SaslPrepTables.Unassigned);
        AssertRising(SaslPrepTables.RightToLeft);
        AssertRising(SaslPrepTables.LeftToRight);
    }

    [Theory]
    [InlineData(0x1FFF, false)]
    [InlineData(0x2000, true)]
    [InlineData(0x200B, true)]
    [InlineData(0x200C, false)]
    [InlineData(0x0041, false)]
    [InlineData(0x3000, true)]
    [InlineData(0x3001, false)]
    [InlineData(0x10FFFF, false)]
    public void Membership_ends_with_its_range(int codePoint, bool isSpace)
        => Assert.Equal(isSpace, SaslPrepTables.Contains(SaslPrepTables.NonAsciiSpace, codePoint));

    private static int Count(ReadOnlySpan<int> edges)
    {
        var count = 0;
        for (var i = 0; i < edges.Length; i += 2)
            count += edges[i + 1] - edges[i];
        return count;
    }

    private static void AssertRising(ReadOnlySpan<int> edges)
    {
        Assert.Equal(0, edges.Length % 2);
        for (var i = 1; i < edges.Length; i++)
            Assert.True(edges[i - 1] < edges[i]);
    }
}
