using System.Diagnostics.CodeAnalysis;

namespace PgActors.Protocol;

/// <summary>Reads any message of a server as an interface value, for tracers, proxies and tests. A session reads the types that it expects
/// and boxes nothing.</summary>
public static class BackendMessages
{
    /// <summary>Reads the body (what follows the length) of a message of <paramref name="type"/>.</summary>
    /// <returns><see langword="false"/> if the type byte or the code of an authentication request is unknown, or the body is
    /// malformed.</returns>
    public static bool TryRead(byte type, ReadOnlySpan<byte> body, [NotNullWhen(true)] out IBackendMessage? message)
    {
        message = (BackendMessageType)type switch
        {
            BackendMessageType.Authentication => ReadAuthentication(body),
            BackendMessageType.BackendKeyData => Read<BackendKeyData>(body),
            BackendMessageType.BindComplete => Read<BindComplete>(body),
            BackendMessageType.CloseComplete => Read<CloseComplete>(body),
            BackendMessageType.CommandComplete => Read<CommandComplete>(body),
            BackendMessageType.CopyBothResponse => Read<CopyBothResponse>(body),
            BackendMessageType.CopyData => Read<CopyData>(body),
            BackendMessageType.CopyDone => Read<CopyDone>(body),
            BackendMessageType.CopyInResponse => Read<CopyInResponse>(body),
            BackendMessageType.CopyOutResponse => Read<CopyOutResponse>(body),
            BackendMessageType.DataRow => Read<DataRow>(body),
            BackendMessageType.EmptyQueryResponse => Read<EmptyQueryResponse>(body),
            BackendMessageType.ErrorResponse => Read<ErrorResponse>(body),
            BackendMessageType.FunctionCallResponse => Read<FunctionCallResponse>(body),
            BackendMessageType.NegotiateProtocolVersion => Read<NegotiateProtocolVersion>(body),
            BackendMessageType.NoData => Read<NoData>(body),
            BackendMessageType.NoticeResponse => Read<NoticeResponse>(body),
            BackendMessageType.NotificationResponse => Read<NotificationResponse>(body),
            BackendMessageType.ParameterDescription => Read<ParameterDescription>(body),
            BackendMessageType.ParameterStatus => Read<ParameterStatus>(body),
            BackendMessageType.ParseComplete => Read<ParseComplete>(body),
            BackendMessageType.PortalSuspended => Read<PortalSuspended>(body),
            BackendMessageType.ReadyForQuery => Read<ReadyForQuery>(body),
            BackendMessageType.RowDescription => Read<RowDescription>(body),

            // The byte is the peer's, so a value without a name is an answer and not a bug.
            _ => null,
        };
        return message is not null;
    }

    /// <summary>Reads the code in front of an authentication request, known or not.</summary>
    /// <returns><see langword="false"/> if the body is too short for one.</returns>
    public static bool TryReadAuthenticationCode(ReadOnlySpan<byte> body, out AuthenticationCode code)
    {
        var reader = new WireReader(body);
        var ok = reader.TryReadInt32(out var word);
        code = (AuthenticationCode)word;
        return ok;
    }

    private static IBackendMessage? ReadAuthentication(ReadOnlySpan<byte> body)
        => !TryReadAuthenticationCode(body, out var code)
            ? null
            : code switch
            {
                AuthenticationCode.Ok => Read<AuthenticationOk>(body),
                AuthenticationCode.KerberosV4 => Read<AuthenticationKerberosV4>(body),
                AuthenticationCode.KerberosV5 => Read<AuthenticationKerberosV5>(body),
                AuthenticationCode.CleartextPassword => Read<AuthenticationCleartextPassword>(body),
                AuthenticationCode.CryptPassword => Read<AuthenticationCryptPassword>(body),
                AuthenticationCode.Md5Password => Read<AuthenticationMd5Password>(body),
                AuthenticationCode.ScmCredential => Read<AuthenticationScmCredential>(body),
                AuthenticationCode.Gss => Read<AuthenticationGss>(body),
                AuthenticationCode.GssContinue => Read<AuthenticationGssContinue>(body),
                AuthenticationCode.Sspi => Read<AuthenticationSspi>(body),
                AuthenticationCode.Sasl => Read<AuthenticationSasl>(body),
                AuthenticationCode.SaslContinue => Read<AuthenticationSaslContinue>(body),
                AuthenticationCode.SaslFinal => Read<AuthenticationSaslFinal>(body),

                // As above: the word is the peer's.
                _ => null,
            };

    private static IBackendMessage? Read<TMessage>(ReadOnlySpan<byte> body)
        where TMessage : struct, IBackendMessage<TMessage>
        => TMessage.TryRead(body, out var message) ? message : null;
}
