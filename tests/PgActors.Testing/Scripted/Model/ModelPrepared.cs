using PgActors.Protocol;
using PgActors.Rows;

namespace PgActors.Testing;

/// <summary>A prepared statement.</summary>
internal sealed class ModelPrepared
{
    private const string RowsColumn = "n";

    public ModelPrepared(ModelCommand command, WireArray<uint> declaredTypes)
    {
        Command = command;
        var types = new uint[Math.Max(command.ParameterCount, declaredTypes.Length)];
        for (var i = 0; i < types.Length; i++)
        {
            // Nothing in this language says what a parameter is, so that it becomes text, as in PostgreSQL.
            var declared = i < declaredTypes.Length ? declaredTypes[i] : 0;
            types[i] = declared is 0 or ModelTypes.Unknown ? ModelTypes.Text : declared;
        }

        ParameterTypes = WireArray.Adopt(types);
    }

    public ModelCommand Command { get; }

    public WireArray<uint> ParameterTypes { get; }

    public int ColumnCount => Command.Kind == ModelCommandKind.Rows ? 1 : Command.Items.Count;

    /// <summary>The type of an item.</summary>
    public uint TypeOf(ModelItem item) => item.Parameter == 0 ? item.LiteralType : ParameterTypes[item.Parameter - 1];

    /// <summary>What Describe says.</summary>
    public IBackendMessage Describe(WireArray<DataFormat> formats)
    {
        if (!Command.ReturnsRows)
            return new NoData();
        var columns = new ColumnDescription[ColumnCount];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = Command.Kind == ModelCommandKind.Rows
                ? Column(RowsColumn, ModelTypes.Int4, FormatOf(formats, i))
                : Column(Command.Items[i].Name, TypeOf(Command.Items[i]), FormatOf(formats, i));
        }

        return new RowDescription(WireArray.Adopt(columns));
    }

    /// <summary>The format of one value: none named is text, one is for all.</summary>
    public static DataFormat FormatOf(WireArray<DataFormat> formats, int index) => formats.Length switch
    {
        0 => DataFormat.Text,
        1 => formats[0],
        _ => formats[index],
    };

    private static ColumnDescription Column(string name, uint type, DataFormat format)
        => new(name, 0, 0, type, ModelTypes.Length(type), -1, format);
}
