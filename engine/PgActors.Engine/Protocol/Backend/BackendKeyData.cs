namespace PgActors.Protocol;

/// <summary>What names this session in a <see cref="CancelRequest"/>. Poolers may leave it out. The key is a secret.</summary>
/// <param name="ProcessId">The server process; not unique behind a pooler.</param>
/// <param name="SecretKey">The key: 4 bytes in protocol 3.0, <see cref="CancelKey.MinLength"/> to <see cref="CancelKey.MaxLength"/> in
/// 3.2.</param>
public readonly record struct BackendKeyData(int ProcessId, WireArray<byte> SecretKey) : IBackendMessage<BackendKeyData>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.BackendKeyData;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out BackendKeyData message)
    {
        message = default;
        var reader = new WireReader(body);
        if (!reader.TryReadInt32(out var processId) || reader.Remaining is < CancelKey.MinLength or > CancelKey.MaxLength)
            return false;
        message = new BackendKeyData(processId, WireArray.Create(reader.ReadRest()));
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The key is shorter or longer than the protocol allows.</exception>
    public void Write(WireWriter writer)
    {
        if (SecretKey.Length is < CancelKey.MinLength or > CancelKey.MaxLength)
            throw new ArgumentException($"A cancel key has {CancelKey.MinLength} to {CancelKey.MaxLength} bytes, not {SecretKey.Length}.");
        writer.BeginMessage(Type);
        writer.WriteInt32(ProcessId);
        writer.WriteBytes(SecretKey.Span);
        writer.EndMessage();
    }
}
