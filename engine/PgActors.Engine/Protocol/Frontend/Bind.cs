namespace PgActors.Protocol;

/// <summary>Makes a portal of a statement and its parameters: answered by <see cref="BindComplete"/>. Sessions write it straight from
/// values; this owned form is for servers, tracers and tests.</summary>
/// <param name="Portal">The portal's name; empty is the unnamed one.</param>
/// <param name="Statement">The statement's name; empty is the unnamed one.</param>
/// <param name="ParameterFormats">None (all text), one (for all), or one for each parameter.</param>
/// <param name="Parameters">The values; <see langword="null"/> is NULL.</param>
/// <param name="ResultFormats">None (all text), one (for all), or one for each column.</param>
public readonly record struct Bind(
    string Portal,
    string Statement,
    WireArray<DataFormat> ParameterFormats,
    WireArray<WireArray<byte>?> Parameters,
    WireArray<DataFormat> ResultFormats) : IFrontendMessage<Bind>
{
    /// <inheritdoc/>
    public static byte Type => (byte)FrontendMessageType.Bind;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out Bind message)
    {
        message = default;
        var reader = new WireReader(body);
        if (!reader.TryReadCString(out string portal)
            || !reader.TryReadCString(out string statement)
            || !FormatCodes.TryRead(ref reader, out var parameterFormats)
            || !NullableValues.TryRead(ref reader, out var parameters)
            || !FormatCodes.TryRead(ref reader, out var resultFormats)
            || !reader.AtEnd)
        {
            return false;
        }

        message = new Bind(portal, statement, parameterFormats, parameters, resultFormats);
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">More than 65,535 parameters or formats.</exception>
    public void Write(WireWriter writer)
    {
        var formats = WireCount.Checked(ParameterFormats.Length, "parameter formats");
        var parameters = WireCount.Checked(Parameters.Length, "parameters");
        var results = WireCount.Checked(ResultFormats.Length, "result formats");
        writer.BeginMessage(Type);
        writer.WriteCString(Portal);
        writer.WriteCString(Statement);
        FormatCodes.Write(writer, formats, ParameterFormats);
        NullableValues.Write(writer, parameters, Parameters);
        FormatCodes.Write(writer, results, ResultFormats);
        writer.EndMessage();
    }
}
