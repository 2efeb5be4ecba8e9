using PgActors.Authentication;

namespace PgActors.Engine.Tests.Authentication;

public sealed class Md5PasswordTests
{
    [Fact]
    public void Known_vector_is_reproduced()
        => Assert.Equal("md5b9b2eab2d138d2c83bd7c2d2be572f51"u8, Md5Password.Compute("md5u", "pw1", [1, 2, 3, 4]));

    [Fact]
    public void Text_is_encoded_in_utf8()
        => Assert.Equal(Md5Password.Compute("jörg"u8, "pässword"u8, [0, 0, 0, 0]), Md5Password.Compute("jörg", "pässword", [0, 0, 0, 0]));

    [Fact]
    public void Salt_changes_the_answer()
        => Assert.NotEqual(Md5Password.Compute("u", "p", [1, 2, 3, 4]), Md5Password.Compute("u", "p", [1, 2, 3, 5]));
}
