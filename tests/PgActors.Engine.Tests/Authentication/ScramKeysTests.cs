using PgActors.Authentication;

namespace PgActors.Engine.Tests.Authentication;

public sealed class ScramKeysTests
{
    [Fact]
    public void Keys_of_rfc_7677_are_reproduced()
    {
        using var keys = ScramVectors.Keys();

        Assert.Equal("a60fc923d67e8644a92d16b96eda5ef4656b0c725c484374be25535576996e8b", Convert.ToHexStringLower(keys.ClientKey));
        Assert.Equal("WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=", Convert.ToBase64String(keys.StoredKey));
        Assert.Equal("wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=", Convert.ToBase64String(keys.ServerKey));
    }

    [Fact]
    public void Keys_given_directly_equal_the_derived_ones()
    {
        using var derived = ScramVectors.Keys();
        using var given = ScramKeys.FromKeys(derived.ClientKey, derived.ServerKey);

        Assert.Equal(derived.StoredKey, given.StoredKey);
    }

    [Theory]
    [InlineData(0, 32)]
    [InlineData(31, 32)]
    [InlineData(33, 32)]
    [InlineData(32, 31)]
    [InlineData(32, 33)]
    public void Keys_of_another_length_are_refused(int clientKey, int serverKey)
        => Assert.Throws<ArgumentException>(() => ScramKeys.FromKeys(new byte[clientKey], new byte[serverKey]));

    [Fact]
    public void Wiped_keys_cannot_be_read()
    {
        var keys = ScramVectors.Keys();
        keys.Dispose();

        Assert.Throws<ObjectDisposedException>(() => keys.ClientKey.ToArray());
        Assert.Throws<ObjectDisposedException>(() => keys.ServerKey.ToArray());
        Assert.Throws<ObjectDisposedException>(() => keys.StoredKey.ToArray());
    }
}
