namespace PgActors;

/// <summary>Whether SCRAM is tied to the TLS channel below it: libpq's <c>channel_binding</c>.</summary>
public enum ChannelBindingMode
{
    /// <summary><c>disable</c>: never.</summary>
    Disable,

    /// <summary><c>prefer</c>, the default: where the server offers it.</summary>
    Prefer,

    /// <summary><c>require</c>: only a completed SCRAM-SHA-256-PLUS exchange lets the session start.</summary>
    Require,
}
