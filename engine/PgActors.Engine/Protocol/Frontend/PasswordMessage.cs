namespace PgActors.Protocol;

/// <summary>The password, as <see cref="AuthenticationCleartextPassword"/> or <see cref="AuthenticationMd5Password"/> wants it.</summary>
/// <param name="Password">The password itself, or <c>md5</c> and 32 hexadecimal digits.</param>
public readonly record struct PasswordMessage(string Password) : IFrontendMessage<PasswordMessage>
{
    /// <inheritdoc/>
    public static byte Type => (byte)FrontendMessageType.AuthenticationResponse;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out PasswordMessage message)
    {
        message = default;
        var reader = new WireReader(body);
        if (!reader.TryReadCString(out string password) || !reader.AtEnd)
            return false;
        message = new PasswordMessage(password);
        return true;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        writer.BeginMessage(Type);
        writer.WriteCString(Password);
        writer.EndMessage();
    }

    /// <summary>The message's name alone: a password is never printed.</summary>
    public override string ToString() => nameof(PasswordMessage);
}
