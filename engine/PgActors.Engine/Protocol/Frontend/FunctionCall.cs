namespace PgActors.Protocol;

/// <summary>Calls a function by its OID: answered by <see cref="FunctionCallResponse"/> and <see cref="ReadyForQuery"/>. A legacy of the
/// protocol; new code prepares a statement.</summary>
/// <param name="FunctionOid">The function.</param>
/// <param name="ArgumentFormats">None (all text), one (for all), or one for each argument.</param>
/// <param name="Arguments">The values; <see langword="null"/> is NULL.</param>
/// <param name="ResultFormat">How to send the result.</param>
public readonly record struct FunctionCall(
    uint FunctionOid, WireArray<DataFormat> ArgumentFormats, WireArray<WireArray<byte>?> Arguments, DataFormat ResultFormat)
    : IFrontendMessage<FunctionCall>
{
    /// <inheritdoc/>
    public static byte Type => (byte)FrontendMessageType.FunctionCall;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out FunctionCall message)
    {
        message = default;
        var reader = new WireReader(body);
        if (!reader.TryReadUInt32(out var function)
            || !FormatCodes.TryRead(ref reader, out var formats)
            || !NullableValues.TryRead(ref reader, out var arguments)
            || !reader.TryReadInt16(out var resultFormat)
            || !reader.AtEnd)
        {
            return false;
        }

        message = new FunctionCall(function, formats, arguments, (DataFormat)resultFormat);
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">More than 65,535 arguments or formats.</exception>
    public void Write(WireWriter writer)
    {
        var formats = WireCount.Checked(ArgumentFormats.Length, "argument formats");
        var arguments = WireCount.Checked(Arguments.Length, "arguments");
        writer.BeginMessage(Type);
        writer.WriteUInt32(FunctionOid);
        FormatCodes.Write(writer, formats, ArgumentFormats);
        NullableValues.Write(writer, arguments, Arguments);
        writer.WriteInt16((short)ResultFormat);
        writer.EndMessage();
    }
}
