namespace PgActors.Protocol;

/// <summary>The type byte of what a client sends after its start-up packet (PostgreSQL documentation, "Message Formats"). Some bytes mean
/// something else from a server: see <see cref="BackendMessageType"/>.</summary>
public enum FrontendMessageType : byte
{
    /// <summary><see cref="Protocol.Bind"/>.</summary>
    Bind = (byte)'B',

    /// <summary><see cref="Protocol.Close"/>.</summary>
    Close = (byte)'C',

    /// <summary><see cref="Protocol.CopyData"/>.</summary>
    CopyData = (byte)'d',

    /// <summary><see cref="Protocol.CopyDone"/>.</summary>
    CopyDone = (byte)'c',

    /// <summary><see cref="Protocol.CopyFail"/>.</summary>
    CopyFail = (byte)'f',

    /// <summary><see cref="Protocol.Describe"/>.</summary>
    Describe = (byte)'D',

    /// <summary><see cref="Protocol.Execute"/>.</summary>
    Execute = (byte)'E',

    /// <summary><see cref="Protocol.Flush"/>.</summary>
    Flush = (byte)'H',

    /// <summary><see cref="Protocol.FunctionCall"/>.</summary>
    FunctionCall = (byte)'F',

    /// <summary><see cref="PasswordMessage"/>, <see cref="GssResponse"/>, <see cref="SaslInitialResponse"/> or <see cref="SaslResponse"/>:
    /// only what the server asked for tells which.</summary>
    AuthenticationResponse = (byte)'p',

    /// <summary><see cref="Protocol.Parse"/>.</summary>
    Parse = (byte)'P',

    /// <summary><see cref="Protocol.Query"/>.</summary>
    Query = (byte)'Q',

    /// <summary><see cref="Protocol.Sync"/>.</summary>
    Sync = (byte)'S',

    /// <summary><see cref="Protocol.Terminate"/>.</summary>
    Terminate = (byte)'X',
}
