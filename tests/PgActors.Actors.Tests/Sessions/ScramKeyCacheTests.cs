using PgActors.Authentication;
using PgActors.Sessions;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>SCRAM keys that need not be derived again.</summary>
public sealed class ScramKeyCacheTests
{
    private static readonly byte[] Salt = [1, 2, 3, 4];

    [Fact]
    public void Keys_derived_before_are_found_for_the_same_password_salt_and_iterations()
    {
        var cache = new ScramKeyCache();
        Assert.Null(cache.Find(Credentials("secret"), Salt, 4096));
        var keys = cache.GetOrDerive(Credentials("secret"), Salt, 4096);

        Assert.Same(keys, cache.Find(Credentials("secret"), Salt, 4096));
        Assert.Same(keys, cache.GetOrDerive(Credentials("secret"), Salt, 4096));
        Assert.Equal(1, cache.Count);
        Assert.Equal(Credentials("secret").DeriveScramKeys(Salt, 4096).ClientKey, keys.ClientKey);
    }

    [Fact]
    public void Another_password_salt_or_count_of_iterations_has_keys_of_its_own()
    {
        var cache = new ScramKeyCache();
        cache.GetOrDerive(Credentials("secret"), Salt, 4096);

        Assert.Null(cache.Find(Credentials("secreT"), Salt, 4096));
        Assert.Null(cache.Find(Credentials("secret"), [1, 2, 3, 5], 4096));
        Assert.Null(cache.Find(Credentials("secret"), Salt, 4097));

        // What ends the salt here begins the password there.
        cache.GetOrDerive(Credentials("bc"), "a"u8, 1);
        Assert.Null(cache.Find(Credentials("c"), "ab"u8, 1));
    }

    [Fact]
    public void Keys_used_least_recently_go_first()
    {
        var cache = new ScramKeyCache();
        for (var i = 0; i < ScramKeyCache.Capacity; i++)
            cache.GetOrDerive(Credentials($"p{i}"), Salt, 1);
        Assert.NotNull(cache.Find(Credentials("p0"), Salt, 1));
        cache.GetOrDerive(Credentials("another"), Salt, 1);

        Assert.Equal(ScramKeyCache.Capacity, cache.Count);
        Assert.NotNull(cache.Find(Credentials("p0"), Salt, 1));
        Assert.Null(cache.Find(Credentials("p1"), Salt, 1));
    }

    private static AuthenticationCredentials Credentials(string password) => new("app", password);
}
