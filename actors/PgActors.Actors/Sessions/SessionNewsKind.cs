namespace PgActors.Sessions;

/// <summary>The sorts of message that a server sends without being asked.</summary>
public enum SessionNewsKind : byte
{
    /// <summary>NoticeResponse.</summary>
    Notice,

    /// <summary>NotificationResponse.</summary>
    Notification,

    /// <summary>ParameterStatus.</summary>
    Parameter,
}
