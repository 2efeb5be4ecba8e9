namespace PgActors.Sessions;

/// <summary>What a session tells that is no answer to a command: mostly what a server sends without being asked.</summary>
public enum SessionNewsKind : byte
{
    /// <summary>NoticeResponse.</summary>
    Notice,

    /// <summary>NotificationResponse.</summary>
    Notification,

    /// <summary>ParameterStatus.</summary>
    Parameter,

    /// <summary>A statement left something behind in a shared session, which is being taken back to its first state. The detail, a
    /// <see cref="string"/>, says what was noticed.</summary>
    Reset,
}
