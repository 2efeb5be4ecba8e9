namespace PgActors.Authentication;

/// <summary>Whether authentication is tied to the TLS channel (libpq's <c>channel_binding</c>).</summary>
public enum ChannelBindingPolicy
{
    /// <summary>Bind when the server offers it and the channel has something to bind to. The default.</summary>
    Prefer,

    /// <summary>Never bind.</summary>
    Disable,

    /// <summary>Refuse whatever is not a completed SCRAM-SHA-256-PLUS exchange, before any secret is sent.</summary>
    Require,
}
