using PgActors.Authentication;

namespace PgActors.Engine.Tests.Authentication;

public sealed class ScramSecretTests
{
    private const string Stored = "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:"
        + "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=";

    [Fact]
    public void Secret_round_trips_and_matches_its_password()
    {
        Assert.True(ScramSecret.TryParse(Stored, out var secret));

        Assert.Equal(Stored, secret.Format());
        Assert.Equal(Stored, ScramSecret.FromPassword("pencil"u8, secret.Salt, 4096).Format());
        Assert.DoesNotContain("WG5d", secret.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Secret_cut_at_any_character_is_refused()
    {
        for (var length = 0; length < Stored.Length; length++)
            Assert.False(ScramSecret.TryParse(Stored[..length], out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("md5b9b2eab2d138d2c83bd7c2d2be572f51")]
    [InlineData(Stored + "=")]
    [InlineData(Stored + "$")]
    [InlineData("SCRAM-SHA-256$0:W22Z$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")]
    [InlineData("SCRAM-SHA-256$1:$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")]
    [InlineData("SCRAM-SHA-256$1:W22Z$AAAA:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")]
    public void Anything_else_is_refused(string? text) => Assert.False(ScramSecret.TryParse(text, out _));

    [Fact]
    public void Overlong_secret_is_refused() => Assert.False(ScramSecret.TryParse("SCRAM-SHA-256$" + new string('1', 100_000), out _));

    [Fact]
    public void Salt_is_bounded()
    {
        Assert.Throws<ArgumentException>(() => ScramSecret.FromPassword("p"u8, [], 1));
        Assert.Throws<ArgumentException>(() => ScramSecret.FromPassword("p"u8, new byte[1025], 1));
    }
}
