namespace PgActors.Authentication;

/// <summary>Which SASL mechanism the client answers with, and what it says of channel binding.</summary>
/// <param name="Decision">Whether to answer at all. If not, the other two mean nothing.</param>
/// <param name="Mechanism">The mechanism.</param>
/// <param name="Flag">The gs2 flag.</param>
public readonly record struct MechanismChoice(AuthenticationDecision Decision, SaslMechanism Mechanism, ChannelBindingFlag Flag)
{
    // A hostile list may be long; the message about it is not.
    private const int MaxNamesShown = 8;

    // RFC 4422 section 3.1: a mechanism name has at most 20 characters.
    private const int MaxNameLength = 20;

    /// <summary>Chooses from what the server offered. Channel binding is taken wherever it can be had and is not disabled.</summary>
    /// <param name="offered">The names from AuthenticationSASL.</param>
    /// <param name="isTls">Whether the channel is TLS.</param>
    /// <param name="canBind">Whether there is <c>tls-server-end-point</c> data for the channel.</param>
    /// <param name="policy">The user's wish.</param>
    public static MechanismChoice Select(IReadOnlyList<string> offered, bool isTls, bool canBind, ChannelBindingPolicy policy)
    {
        var offersPlus = offered.Contains(SaslMechanismNames.ScramSha256Plus, StringComparer.Ordinal);
        var offersPlain = offered.Contains(SaslMechanismNames.ScramSha256, StringComparer.Ordinal);

        if (offersPlus && !isTls)
        {
            return Refuse(
                AuthenticationRefusal.ChannelBindingWithoutTls,
                "The server offers SCRAM-SHA-256-PLUS on a connection without TLS: something on the way ended TLS, "
                    + "or the server is broken.");
        }

        if (offersPlus && canBind && policy != ChannelBindingPolicy.Disable)
            return Accept(SaslMechanism.ScramSha256Plus, ChannelBindingFlag.Bound);
        if (policy == ChannelBindingPolicy.Require)
            return Refuse(AuthenticationRefusal.ChannelBindingRequired, ExplainUnbound(isTls, offersPlus));
        if (!offersPlain)
            return Refuse(AuthenticationRefusal.MethodNotSupported, ExplainUnsupported(offered));

        // "y" only when the client truly could have bound: a server that offers PLUS takes "y" for an attack.
        var couldHaveBound = isTls && canBind && !offersPlus && policy != ChannelBindingPolicy.Disable;
        return Accept(SaslMechanism.ScramSha256, couldHaveBound ? ChannelBindingFlag.NotOffered : ChannelBindingFlag.NotSupported);
    }

    private static MechanismChoice Accept(SaslMechanism mechanism, ChannelBindingFlag flag)
        => new(AuthenticationDecision.Allowed, mechanism, flag);

    private static MechanismChoice Refuse(AuthenticationRefusal refusal, string message)
        => new(new AuthenticationDecision(refusal, message), default, default);

    private static string ExplainUnbound(bool isTls, bool offersPlus)
    {
        const string Head = "channel_binding=require, but ";
        if (!isTls)
            return Head + "this connection has no TLS. Set sslmode=require or stronger, or channel_binding=prefer.";
        return offersPlus
            ? Head + "the server's certificate has no hash to bind to (Ed25519, for one). Use an RSA or ECDSA certificate, "
                + "or channel_binding=prefer."
            : Head + "the server does not offer SCRAM-SHA-256-PLUS: a proxy may end TLS before it, or the role's pg_hba.conf line names "
                + "another method than scram-sha-256.";
    }

    private static string ExplainUnsupported(IReadOnlyList<string> offered)
    {
        if (offered.Contains(SaslMechanismNames.OAuthBearer, StringComparer.Ordinal))
        {
            return "The server asks for an OAuth bearer token, which this client does not support. "
                + "Use scram-sha-256 in the pg_hba.conf line of this role.";
        }

        var names = offered.Take(MaxNamesShown).Select(name => ScramText.Quote(name, MaxNameLength));
        var more = offered.Count > MaxNamesShown ? ", …" : "";
        return $"The server offers no SASL mechanism that this client supports: [{string.Join(", ", names)}{more}]. "
            + "Use scram-sha-256 in the pg_hba.conf line of this role.";
    }
}
