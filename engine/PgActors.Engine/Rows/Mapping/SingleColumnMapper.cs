using PgActors.Types;

namespace PgActors.Rows.Mapping;

/// <summary>A row of one column, as that column's value.</summary>
internal sealed class SingleColumnMapper<T>(RowLayout layout, PgTypeRegistry registry, ColumnReader<T> column)
    : RowMapper<T>(layout, registry)
{
    protected override T ReadColumns(ref RowReader reader) => column.Read(ref reader);
}
