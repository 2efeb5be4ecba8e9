using PgActors.Authentication;

namespace PgActors.Engine.Tests.Authentication;

public sealed class AuthenticationCredentialsTests
{
    [Fact]
    public void Text_that_no_message_can_carry_is_refused_without_showing_it()
    {
        AssertRefused("u\0", "secret");
        AssertRefused("u", "secret\0");
        AssertRefused("u\uD800", "secret");
        AssertRefused("u", "secret\uD800");
    }

    [Fact]
    public void Password_bytes_with_a_nul_are_refused()
        => Assert.Throws<ArgumentException>(() => new AuthenticationCredentials("u", [1, 0]));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Empty_password_is_none(string? password) => Assert.False(new AuthenticationCredentials("u", password).HasPassword);

    [Fact]
    public void Password_is_never_shown()
        => Assert.DoesNotContain("hunter2", new AuthenticationCredentials("u", "hunter2").ToString(), StringComparison.Ordinal);

    [Fact]
    public void Keys_are_derived_from_the_prepared_password()
    {
        using var composed = new AuthenticationCredentials("u", "\u2168");
        using var plain = new AuthenticationCredentials("u", "IX");

        Assert.Equal(plain.DeriveScramKeys([1], 1).ClientKey, composed.DeriveScramKeys([1], 1).ClientKey);
    }

    [Fact]
    public void Wiped_credentials_derive_nothing()
    {
        var credentials = new AuthenticationCredentials("u", "p");
        credentials.Dispose();

        Assert.Throws<ObjectDisposedException>(() => credentials.DeriveScramKeys([1], 1));
    }

    private static void AssertRefused(string user, string password)
    {
        var error = Assert.Throws<ArgumentException>(() => new AuthenticationCredentials(user, password));

        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }
}
