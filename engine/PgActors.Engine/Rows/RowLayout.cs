using PgActors.Protocol;
using PgActors.Types;

namespace PgActors.Rows;

/// <summary>
/// The columns of one result. Made once per description, shared by every row of every execution that uses it; immutable and safe to share
/// between threads.
/// </summary>
public sealed class RowLayout
{
    private readonly ColumnDescription[] _columns;
    private readonly DataFormat[]? _formats;

    // Immutable, so that a race costs one more.
    private RowLayout? _styled;

    /// <summary>Makes a layout that owns <paramref name="columns"/>.</summary>
    public RowLayout(ColumnDescription[] columns)
    {
        _columns = columns;
        var hasText = false;
        foreach (ref readonly var column in columns.AsSpan())
        {
            hasText |= column.Format == DataFormat.Text;
            DependsOnCatalog |= !PgTypeRegistry.IsFixed(column.TypeOid) || column.TypeOid is PgTypeOid.Record or PgTypeOid.RecordArray;
        }

        if (hasText)
            _formats = [.. columns.Select(static column => column.Format)];
    }

    /// <summary>A result without columns, such as that of <c>SELECT</c> with an empty list.</summary>
    public static RowLayout Empty { get; } = new([]);

    /// <summary>How many columns a row has.</summary>
    public int Count => _columns.Length;

    /// <summary>The columns in the order of the wire.</summary>
    public ReadOnlySpan<ColumnDescription> Columns => _columns;

    /// <summary>One column.</summary>
    public ref readonly ColumnDescription this[int index] => ref _columns[index];

    /// <summary>Whether a column comes as text.</summary>
    internal bool HasText => _formats is not null;

    /// <summary>What a Bind asks for to get these columns: a format for each; none if all are binary.</summary>
    internal ReadOnlySpan<DataFormat> Formats => _formats;

    /// <summary>Whether a column's type is not built in, or may hold some that are not.</summary>
    internal bool DependsOnCatalog { get; }

    /// <summary>How dates are printed in columns that come as text; <see langword="null"/> for ISO.</summary>
    internal DateTextStyle? Style { get; private init; }

    /// <summary>The same columns from a session that prints dates in a style. Kept, so that decoders are.</summary>
    internal RowLayout In(DateTextStyle? style)
    {
        if (Style == style)
            return this;
        var styled = Volatile.Read(in _styled);
        if (styled is null || styled.Style != style)
            Volatile.Write(ref _styled, styled = new RowLayout(_columns) { Style = style });
        return styled;
    }

    /// <summary>The same columns in other formats.</summary>
    /// <param name="formats">One for each column.</param>
    internal RowLayout With(ReadOnlySpan<DataFormat> formats)
    {
        var columns = new ColumnDescription[_columns.Length];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = _columns[i] with { Format = formats[i] };
        return new RowLayout(columns) { Style = Style };
    }

    /// <summary>What a reader made for this layout, kept beside it so that decoders are chosen once per layout and not once per row.
    /// Whoever sets it must tolerate that another thread set something else in between.</summary>
    internal object? ReaderCache { get; set; }
}
