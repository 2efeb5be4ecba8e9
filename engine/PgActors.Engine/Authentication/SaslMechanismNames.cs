namespace PgActors.Authentication;

/// <summary>The names of SASL mechanisms on the wire (IANA registry "SASL Mechanisms").</summary>
public static class SaslMechanismNames
{
    /// <summary>SCRAM without channel binding.</summary>
    public const string ScramSha256 = "SCRAM-SHA-256";

    /// <summary>SCRAM with channel binding.</summary>
    public const string ScramSha256Plus = "SCRAM-SHA-256-PLUS";

    /// <summary>A bearer token (RFC 7628), offered by servers since version 18.</summary>
    public const string OAuthBearer = "OAUTHBEARER";

    /// <summary>The name of <paramref name="mechanism"/>.</summary>
    public static string ToWireName(this SaslMechanism mechanism) => mechanism switch
    {
        SaslMechanism.ScramSha256 => ScramSha256,
        SaslMechanism.ScramSha256Plus => ScramSha256Plus,
    };
}
