using PgActors.Transports;

namespace PgActors.Actors.Tests.Transports;

public sealed class ServerNameMatchTests
{
    [Theory]
    [InlineData("db.example.com", true)]
    [InlineData("DB.Example.COM", true)]
    [InlineData("db.example.com.", false)]
    [InlineData("xdb.example.com", false)]
    [InlineData("db.example.org", false)]
    [InlineData("cn.example.com", false)]
    [InlineData("a.wild.example.com", true)]
    [InlineData("a.b.wild.example.com", false)]
    [InlineData("wild.example.com", false)]
    [InlineData(".wild.example.com", false)]
    [InlineData("part1.example.com", false)]
    [InlineData("10.0.0.9", false)]
    public void Host_is_matched_against_alternative_names(string host, bool expected)
    {
        using var certificate = TestAuthority.SelfSigned("cn.example.com", "db.example.com", "*.wild.example.com", "part*.example.com");
        Assert.Equal(expected, ServerNameMatch.Matches(certificate, host));
    }

    [Theory]
    [InlineData("cn.example.com", true)]
    [InlineData("CN.EXAMPLE.COM", true)]
    [InlineData("other.example.com", false)]
    public void Common_name_counts_without_any_alternative_name(string host, bool expected)
    {
        using var certificate = TestAuthority.SelfSigned("cn.example.com");
        Assert.Equal(expected, ServerNameMatch.Matches(certificate, host));
    }

    [Fact]
    public void Common_name_counts_for_a_name_beside_addresses_only()
    {
        using var certificate = TestAuthority.SelfSigned("cn.example.com", "ip:10.0.0.1");
        Assert.True(ServerNameMatch.Matches(certificate, "cn.example.com"));
    }

    [Theory]
    [InlineData("10.0.0.1", true)]
    [InlineData("10.0.0.2", true)]
    [InlineData("10.0.0.3", false)]
    [InlineData("::1", true)]
    [InlineData("0:0:0:0:0:0:0:1", true)]
    [InlineData("192.168.0.1", false)]
    public void Address_is_matched_against_addresses_and_names(string host, bool expected)
    {
        using var certificate = TestAuthority.SelfSigned("192.168.0.1", "ip:10.0.0.1", "10.0.0.2", "ip:::1", "*.0.0.3");
        Assert.Equal(expected, ServerNameMatch.Matches(certificate, host));
    }

    [Fact]
    public void Common_name_counts_for_an_address_beside_names_only()
    {
        using var certificate = TestAuthority.SelfSigned("10.0.0.1", "db.example.com");
        Assert.True(ServerNameMatch.Matches(certificate, "10.0.0.1"));
    }

    [Fact]
    public void Wildcard_never_stands_for_part_of_an_address()
    {
        using var certificate = TestAuthority.SelfSigned("x", "*.0.0.3");
        Assert.False(ServerNameMatch.Matches(certificate, "10.0.0.3"));
    }

    [Fact]
    public void Name_with_a_nul_matches_nothing()
    {
        using var certificate = TestAuthority.SelfSigned("db.example.com\0.evil.org");
        Assert.False(ServerNameMatch.Matches(certificate, "db.example.com"));
        Assert.False(ServerNameMatch.Matches(certificate, "db.example.com\0.evil.org"));
    }

    [Fact]
    public void Names_list_the_alternatives_or_else_the_common_name()
    {
        using var both = TestAuthority.SelfSigned("cn", "db.example.com", "ip:10.0.0.1");
        using var bare = TestAuthority.SelfSigned("cn");
        Assert.Equal(["db.example.com", "10.0.0.1"], ServerNameMatch.Names(both));
        Assert.Equal(["cn"], ServerNameMatch.Names(bare));
    }
}
