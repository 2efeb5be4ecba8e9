namespace PgActors.Protocol;

/// <summary>Asks for a crypt(3) password. No living server does; a client refuses it.</summary>
/// <param name="Salt">The salt, 2 bytes.</param>
public readonly record struct AuthenticationCryptPassword(WireArray<byte> Salt) : IBackendMessage<AuthenticationCryptPassword>
{
    /// <summary>Bytes of the salt.</summary>
    public const int SaltLength = 2;

    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.Authentication;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out AuthenticationCryptPassword message)
    {
        message = default;
        if (!AuthenticationBody.TryOpen(body, AuthenticationCode.CryptPassword, out var reader)
            || !reader.TryReadBytes(SaltLength, out var salt)
            || !reader.AtEnd)
        {
            return false;
        }

        message = new AuthenticationCryptPassword(WireArray.Create(salt));
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The salt has another length than <see cref="SaltLength"/>.</exception>
    public void Write(WireWriter writer)
    {
        if (Salt.Length != SaltLength)
            throw new ArgumentException($"The salt has {Salt.Length} bytes, not {SaltLength}.");
        AuthenticationBody.Begin(writer, AuthenticationCode.CryptPassword);
        writer.WriteBytes(Salt.Span);
        writer.EndMessage();
    }
}
