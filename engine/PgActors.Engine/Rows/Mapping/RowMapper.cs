using PgActors.Types;

namespace PgActors.Rows.Mapping;

/// <summary>Makes rows into values of <typeparamref name="T"/>. Made once for a layout by <see cref="RowMapperFactory"/>, which chose all
/// codecs; immutable and safe to share between threads.</summary>
/// <typeparam name="T">What a row becomes.</typeparam>
public abstract class RowMapper<T>
{
    private readonly int _columns;

    private protected RowMapper(RowLayout layout, PgTypeRegistry registry)
    {
        _columns = layout.Count;
        Registry = registry;
    }

    /// <summary>The types that it was made with.</summary>
    internal PgTypeRegistry Registry { get; }

    /// <summary>Makes one row. Allocates what the value itself needs and nothing else (except ahead-of-time compiled, where rows of
    /// several columns are made by reflection unless their type is marked with <see cref="PgRowAttribute"/>).</summary>
    /// <param name="dataRowBody">The body of a DataRow, which is what follows the length word. Not kept.</param>
    /// <exception cref="PgMappingException">This row cannot be made; the next one can be tried.</exception>
    public T Read(ReadOnlySpan<byte> dataRowBody)
    {
        if (!RowReader.TryOpen(dataRowBody, _columns, out var reader))
            throw MappingErrors.MalformedRow();
        var value = ReadColumns(ref reader);
        if (!reader.AtEnd)
            throw MappingErrors.MalformedRow();
        return value;
    }

    /// <summary>Makes one composite of its binary form, whose frame was checked before.</summary>
    internal T ReadRecord(ReadOnlySpan<byte> record)
    {
        RowReader.OpenRecord(record, _columns, out var reader);
        return ReadColumns(ref reader);
    }

    /// <summary>Reads every column, in the order of the wire, and makes the row.</summary>
    /// <param name="reader">In front of the first column.</param>
    protected abstract T ReadColumns(ref RowReader reader);
}
