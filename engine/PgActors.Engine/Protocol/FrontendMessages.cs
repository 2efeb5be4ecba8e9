using System.Diagnostics.CodeAnalysis;

namespace PgActors.Protocol;

/// <summary>Reads any message of a client as an interface value, for scripted servers, tracers and proxies.</summary>
public static class FrontendMessages
{
    /// <summary>Reads the body (what follows the length) of a message.</summary>
    /// <param name="phase">What the server waits for.</param>
    /// <param name="type">The type byte; ignored in <see cref="FrontendPhase.Startup"/>, whose packets have none.</param>
    /// <param name="body">The body.</param>
    /// <param name="message">The message.</param>
    /// <returns><see langword="false"/> if the type byte is unknown or has no place in the phase, or the body is malformed.</returns>
    public static bool TryRead(
        FrontendPhase phase, byte type, ReadOnlySpan<byte> body, [NotNullWhen(true)] out IFrontendMessage? message)
    {
        message = phase switch
        {
            FrontendPhase.Startup => ReadStartupPacket(body),
            FrontendPhase.Password => ReadAnswer<PasswordMessage>(type, body),
            FrontendPhase.Gss => ReadAnswer<GssResponse>(type, body),
            FrontendPhase.SaslInitial => ReadAnswer<SaslInitialResponse>(type, body),
            FrontendPhase.Sasl => ReadAnswer<SaslResponse>(type, body),
            FrontendPhase.Session => ReadSession(type, body),
        };
        return message is not null;
    }

    private static IFrontendMessage? ReadStartupPacket(ReadOnlySpan<byte> packet)
    {
        var reader = new WireReader(packet);
        if (!reader.TryReadInt32(out var code))
            return null;
        return code switch
        {
            StartupCode.Cancel => CancelRequest.TryRead(packet, out var cancel) ? cancel : null,
            StartupCode.Ssl => SslRequest.TryRead(packet, out var ssl) ? ssl : null,
            StartupCode.GssEnc => GssEncRequest.TryRead(packet, out var gss) ? gss : null,
            _ => StartupMessage.TryRead(packet, out var startup) ? startup : null,
        };
    }

    // A client that was asked for a password may also take its leave.
    private static IFrontendMessage? ReadAnswer<TAnswer>(byte type, ReadOnlySpan<byte> body)
        where TAnswer : struct, IFrontendMessage<TAnswer>
        => (FrontendMessageType)type switch
        {
            FrontendMessageType.AuthenticationResponse => Read<TAnswer>(body),
            FrontendMessageType.Terminate => Read<Terminate>(body),
            _ => null,
        };

    private static IFrontendMessage? ReadSession(byte type, ReadOnlySpan<byte> body)
        => (FrontendMessageType)type switch
        {
            FrontendMessageType.Bind => Read<Bind>(body),
            FrontendMessageType.Close => Read<Close>(body),
            FrontendMessageType.CopyData => Read<CopyData>(body),
            FrontendMessageType.CopyDone => Read<CopyDone>(body),
            FrontendMessageType.CopyFail => Read<CopyFail>(body),
            FrontendMessageType.Describe => Read<Describe>(body),
            FrontendMessageType.Execute => Read<Execute>(body),
            FrontendMessageType.Flush => Read<Flush>(body),
            FrontendMessageType.FunctionCall => Read<FunctionCall>(body),
            FrontendMessageType.AuthenticationResponse => null,
            FrontendMessageType.Parse => Read<Parse>(body),
            FrontendMessageType.Query => Read<Query>(body),
            FrontendMessageType.Sync => Read<Sync>(body),
            FrontendMessageType.Terminate => Read<Terminate>(body),

            // The byte is the peer's, so a value without a name is an answer and not a bug.
            _ => null,
        };

    private static IFrontendMessage? Read<TMessage>(ReadOnlySpan<byte> body)
        where TMessage : struct, IFrontendMessage<TMessage>
        => TMessage.TryRead(body, out var message) ? message : null;
}
