namespace PgActors.Protocol;

/// <summary>The words that stand where a version would, in the packets that are no StartupMessage (PostgreSQL documentation, "Message
/// Formats"): major 1234, which no version will ever have.</summary>
internal static class StartupCode
{
    /// <summary>CancelRequest: 1234, 5678.</summary>
    public const int Cancel = 0x04D2_162E;

    /// <summary>SSLRequest: 1234, 5679.</summary>
    public const int Ssl = 0x04D2_162F;

    /// <summary>GSSENCRequest: 1234, 5680.</summary>
    public const int GssEnc = 0x04D2_1630;

    /// <summary>The major number that all of them have.</summary>
    public const int Major = 1234;
}
