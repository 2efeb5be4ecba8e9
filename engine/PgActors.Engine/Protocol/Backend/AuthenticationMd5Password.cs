namespace PgActors.Protocol;

/// <summary>Asks for the password hashed with MD5: answered by <see cref="PasswordMessage"/> holding
/// <c>"md5" + hex(md5(hex(md5(password + user)) + salt))</c>.</summary>
/// <param name="Salt">The salt, 4 bytes.</param>
public readonly record struct AuthenticationMd5Password(WireArray<byte> Salt) : IBackendMessage<AuthenticationMd5Password>
{
    /// <summary>Bytes of the salt.</summary>
    public const int SaltLength = 4;

    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.Authentication;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out AuthenticationMd5Password message)
    {
        message = default;
        if (!AuthenticationBody.TryOpen(body, AuthenticationCode.Md5Password, out var reader)
            || !reader.TryReadBytes(SaltLength, out var salt)
            || !reader.AtEnd)
        {
            return false;
        }

        message = new AuthenticationMd5Password(WireArray.Create(salt));
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The salt has another length than <see cref="SaltLength"/>.</exception>
    public void Write(WireWriter writer)
    {
        if (Salt.Length != SaltLength)
            throw new ArgumentException($"The salt has {Salt.Length} bytes, not {SaltLength}.");
        AuthenticationBody.Begin(writer, AuthenticationCode.Md5Password);
        writer.WriteBytes(Salt.Span);
        writer.EndMessage();
    }
}
