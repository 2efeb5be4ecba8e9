using PgActors.Authentication;

namespace PgActors.Engine.Tests.Authentication;

public sealed class AuthenticationEffectTests
{
    [Fact]
    public void Effects_compare_by_content()
    {
        Assert.Equal(AuthenticationEffect.SendPassword([1, 2]), AuthenticationEffect.SendPassword([1, 2]));
        Assert.NotEqual(AuthenticationEffect.SendPassword([1, 2]), AuthenticationEffect.SendPassword([1, 3]));
        Assert.NotEqual(AuthenticationEffect.SendPassword([1]), AuthenticationEffect.SendSaslResponse([1]));
        Assert.NotEqual(AuthenticationEffect.DeriveKeys([1], 1), AuthenticationEffect.DeriveKeys([1], 2));
        Assert.Equal(default, AuthenticationEffect.None);
    }
}
