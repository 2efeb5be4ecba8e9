namespace PgActors.Protocol;

/// <summary>The type byte of what a server sends (PostgreSQL documentation, "Message Formats"). Some bytes mean something else from a
/// client: see <see cref="FrontendMessageType"/>.</summary>
public enum BackendMessageType : byte
{
    /// <summary>Every Authentication… message; <see cref="AuthenticationCode"/> tells which.</summary>
    Authentication = (byte)'R',

    /// <summary><see cref="Protocol.BackendKeyData"/>.</summary>
    BackendKeyData = (byte)'K',

    /// <summary><see cref="Protocol.BindComplete"/>.</summary>
    BindComplete = (byte)'2',

    /// <summary><see cref="Protocol.CloseComplete"/>.</summary>
    CloseComplete = (byte)'3',

    /// <summary><see cref="Protocol.CommandComplete"/>.</summary>
    CommandComplete = (byte)'C',

    /// <summary><see cref="Protocol.CopyBothResponse"/>.</summary>
    CopyBothResponse = (byte)'W',

    /// <summary><see cref="Protocol.CopyData"/>.</summary>
    CopyData = (byte)'d',

    /// <summary><see cref="Protocol.CopyDone"/>.</summary>
    CopyDone = (byte)'c',

    /// <summary><see cref="Protocol.CopyInResponse"/>.</summary>
    CopyInResponse = (byte)'G',

    /// <summary><see cref="Protocol.CopyOutResponse"/>.</summary>
    CopyOutResponse = (byte)'H',

    /// <summary><see cref="Protocol.DataRow"/>.</summary>
    DataRow = (byte)'D',

    /// <summary><see cref="Protocol.EmptyQueryResponse"/>.</summary>
    EmptyQueryResponse = (byte)'I',

    /// <summary><see cref="Protocol.ErrorResponse"/>.</summary>
    ErrorResponse = (byte)'E',

    /// <summary><see cref="Protocol.FunctionCallResponse"/>.</summary>
    FunctionCallResponse = (byte)'V',

    /// <summary><see cref="Protocol.NegotiateProtocolVersion"/>.</summary>
    NegotiateProtocolVersion = (byte)'v',

    /// <summary><see cref="Protocol.NoData"/>.</summary>
    NoData = (byte)'n',

    /// <summary><see cref="Protocol.NoticeResponse"/>.</summary>
    NoticeResponse = (byte)'N',

    /// <summary><see cref="Protocol.NotificationResponse"/>.</summary>
    NotificationResponse = (byte)'A',

    /// <summary><see cref="Protocol.ParameterDescription"/>.</summary>
    ParameterDescription = (byte)'t',

    /// <summary><see cref="Protocol.ParameterStatus"/>.</summary>
    ParameterStatus = (byte)'S',

    /// <summary><see cref="Protocol.ParseComplete"/>.</summary>
    ParseComplete = (byte)'1',

    /// <summary><see cref="Protocol.PortalSuspended"/>.</summary>
    PortalSuspended = (byte)'s',

    /// <summary><see cref="Protocol.ReadyForQuery"/>.</summary>
    ReadyForQuery = (byte)'Z',

    /// <summary><see cref="Protocol.RowDescription"/>.</summary>
    RowDescription = (byte)'T',
}
