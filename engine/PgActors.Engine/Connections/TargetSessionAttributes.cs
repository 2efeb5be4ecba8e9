namespace PgActors;

/// <summary>Which of several hosts is acceptable: libpq's <c>target_session_attrs</c>.</summary>
public enum TargetSessionAttributes
{
    /// <summary><c>any</c>, the default: the first host that lets the session start.</summary>
    Any,

    /// <summary><c>read-write</c>: neither in recovery nor read-only by default.</summary>
    ReadWrite,

    /// <summary><c>read-only</c>: in recovery, or read-only by default.</summary>
    ReadOnly,

    /// <summary><c>primary</c>: not in recovery.</summary>
    Primary,

    /// <summary><c>standby</c>: in recovery.</summary>
    Standby,

    /// <summary><c>prefer-standby</c>: a standby if any host is one, otherwise any host.</summary>
    PreferStandby,
}
