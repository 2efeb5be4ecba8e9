namespace PgActors.Protocol;

/// <summary>Asks, on a connection of its own, to cancel what another session runs. There is no answer: the server closes. The key is a
/// secret.</summary>
/// <param name="ProcessId">The server process, as <see cref="BackendKeyData"/> named it.</param>
/// <param name="SecretKey">Its key byte for byte: 1 to <see cref="CancelKey.MaxLength"/> bytes are accepted, 4 by servers before
/// 18.</param>
public readonly record struct CancelRequest(int ProcessId, WireArray<byte> SecretKey) : IFrontendMessage
{
    /// <summary>Reads the packet after its length word.</summary>
    /// <returns><see langword="false"/> if it is another packet or malformed.</returns>
    public static bool TryRead(ReadOnlySpan<byte> packet, out CancelRequest message)
    {
        message = default;
        var reader = new WireReader(packet);
        if (!reader.TryReadInt32(out var code)
            || code != StartupCode.Cancel
            || !reader.TryReadInt32(out var processId)
            || reader.Remaining is < 1 or > CancelKey.MaxLength)
        {
            return false;
        }

        message = new CancelRequest(processId, WireArray.Create(reader.ReadRest()));
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The key is empty or longer than <see cref="CancelKey.MaxLength"/>: a server ignores
    /// it.</exception>
    public void Write(WireWriter writer)
    {
        if (SecretKey.Length is < 1 or > CancelKey.MaxLength)
            throw new ArgumentException($"A cancel key has 1 to {CancelKey.MaxLength} bytes, not {SecretKey.Length}.");
        writer.BeginStartupPacket();
        writer.WriteInt32(StartupCode.Cancel);
        writer.WriteInt32(ProcessId);
        writer.WriteBytes(SecretKey.Span);
        writer.EndMessage();
    }
}
