namespace PgActors.Authentication;

/// <summary>The gs2-header that opens a SCRAM exchange and that the final message repeats (RFC 5802 section 7).</summary>
internal static class Gs2Header
{
    /// <summary>The header for <paramref name="flag"/>, without an authorisation identity.</summary>
    public static string For(ChannelBindingFlag flag) => flag switch
    {
        ChannelBindingFlag.NotSupported => "n,,",
        ChannelBindingFlag.NotOffered => "y,,",
        ChannelBindingFlag.Bound => "p=" + ChannelBinding.TypeName + ",,",
    };
}
