namespace PgActors.Authentication;

/// <summary>What a client says of channel binding at the head of its SCRAM message: RFC 5802's gs2-cbind-flag (section 7).</summary>
public enum ChannelBindingFlag
{
    /// <summary>"n": the client cannot bind, or does not want to.</summary>
    NotSupported,

    /// <summary>"y": the client could bind, but the server did not offer it. A server that did offer it knows then that someone in between
    /// took the offer away.</summary>
    NotOffered,

    /// <summary>"p": bound to <c>tls-server-end-point</c>, the only type that PostgreSQL knows.</summary>
    Bound,
}
