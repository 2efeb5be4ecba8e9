namespace PgActors.Protocol;

/// <summary>What the function of a <see cref="FunctionCall"/> returned.</summary>
/// <param name="Result">The value in the format that was asked for; <see langword="null"/> is NULL.</param>
public readonly record struct FunctionCallResponse(WireArray<byte>? Result) : IBackendMessage<FunctionCallResponse>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.FunctionCallResponse;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out FunctionCallResponse message)
    {
        message = default;
        var reader = new WireReader(body);
        if (!NullableValues.TryReadOne(ref reader, out var result) || !reader.AtEnd)
            return false;
        message = new FunctionCallResponse(result);
        return true;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        writer.BeginMessage(Type);
        NullableValues.WriteOne(writer, Result);
        writer.EndMessage();
    }
}
