using PgActors.Protocol;

namespace PgActors.Testing;

/// <summary>A statement with its parameters, and how far it has run.</summary>
internal sealed class ModelPortal
{
    private ModelPortal(ModelPrepared prepared, WireArray<WireArray<byte>?> parameters, WireArray<DataFormat> resultFormats)
    {
        Prepared = prepared;
        Parameters = parameters;
        ResultFormats = resultFormats;
    }

    public ModelPrepared Prepared { get; }

    public ModelCommand Command => Prepared.Command;

    public WireArray<WireArray<byte>?> Parameters { get; }

    public WireArray<DataFormat> ResultFormats { get; }

    /// <summary>The row of a <c>select</c>.</summary>
    public WireArray<WireArray<byte>?> Row { get; private set; }

    /// <summary>Rows sent so far.</summary>
    public int Position { get; set; }

    /// <summary>Whether a wait was released.</summary>
    public bool IsReleased { get; set; }

    /// <summary>Whether it ran to its end.</summary>
    public bool IsDone { get; set; }

    /// <summary>Its place in the log, once it has begun.</summary>
    public int? LogEntry { get; set; }

    /// <summary>Binds as PostgreSQL does, with its checks in its order.</summary>
    public static ModelPortal? Bind(ModelPrepared prepared, Bind bind, out PgError? error)
    {
        error = CheckCounts(prepared, bind)
            ?? CheckFormats(bind.ParameterFormats)
            ?? CheckValues(prepared, bind)
            ?? CheckResults(prepared, bind);
        if (error is not null)
            return null;
        var portal = new ModelPortal(prepared, bind.Parameters, bind.ResultFormats);
        error = portal.FillRow(bind);
        return error is null ? portal : null;
    }

    private static PgError? CheckCounts(ModelPrepared prepared, Bind bind)
    {
        if (bind.ParameterFormats.Length > 1 && bind.ParameterFormats.Length != bind.Parameters.Length)
        {
            return ServerErrors.Error(
                SqlStates.ProtocolViolation,
                $"bind message has {bind.ParameterFormats.Length} parameter formats but {bind.Parameters.Length} parameters");
        }

        return bind.Parameters.Length == prepared.ParameterTypes.Length
            ? null
            : ServerErrors.Error(
                SqlStates.ProtocolViolation,
                $"bind message supplies {bind.Parameters.Length} parameters, but prepared statement \"{bind.Statement}\" requires "
                + $"{prepared.ParameterTypes.Length}");
    }

    private static PgError? CheckFormats(WireArray<DataFormat> formats)
    {
        foreach (var format in formats)
        {
            if (format is not (DataFormat.Text or DataFormat.Binary))
                return ServerErrors.Error(SqlStates.InvalidParameterValue, $"unsupported format code: {(short)format}");
        }

        return null;
    }

    private static PgError? CheckValues(ModelPrepared prepared, Bind bind)
    {
        for (var i = 0; i < bind.Parameters.Length; i++)
        {
            var format = ModelPrepared.FormatOf(bind.ParameterFormats, i);
            if (bind.Parameters[i] is { } value
                && !ModelValues.TryConvert(prepared.ParameterTypes[i], value, format, format, out _, out var error))
            {
                return error with { Where = $"unnamed portal parameter ${i + 1}" };
            }
        }

        return null;
    }

    private static PgError? CheckResults(ModelPrepared prepared, Bind bind)
        => prepared.Command.ReturnsRows && bind.ResultFormats.Length > 1 && bind.ResultFormats.Length != prepared.ColumnCount
            ? ServerErrors.Error(
                SqlStates.ProtocolViolation,
                $"bind message has {bind.ResultFormats.Length} result formats but query has {prepared.ColumnCount} columns")
            : CheckFormats(bind.ResultFormats);

    private PgError? FillRow(Bind bind)
    {
        var values = new WireArray<byte>?[Command.Items.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var item = Command.Items[i];
            var (value, from) = item.Parameter == 0
                ? (Literal(item), DataFormat.Text)
                : (bind.Parameters[item.Parameter - 1], ModelPrepared.FormatOf(bind.ParameterFormats, item.Parameter - 1));
            if (value is not { } bytes)
                continue;
            var to = ModelPrepared.FormatOf(ResultFormats, i);
            if (!ModelValues.TryConvert(Prepared.TypeOf(item), bytes, from, to, out var converted, out var error))
                return error;
            values[i] = converted;
        }

        Row = WireArray.Adopt(values);
        return null;
    }

    private static WireArray<byte>? Literal(ModelItem item)
        => item.Literal is { } text ? WireArray.Adopt(System.Text.Encoding.UTF8.GetBytes(text)) : null;
}
