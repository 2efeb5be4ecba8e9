using System.Collections.Concurrent;
using System.Text;
using PgActors.Protocol;
using PgActors.Rows;
using PgActors.Sessions;
using PgActors.Statements;

namespace PgActors.Types;

/// <summary>
/// Has the server print values that came in binary and that nobody here understands: the first execution of a statement with a column of
/// such a type asked for binary before the type was known. From the next one on the column comes as text at once.
/// </summary>
internal sealed class RowTranslation
{
    // Fixed, so that there is one statement for each type.
    private const int ValuesAtATime = 32;

    private static readonly string Text =
        $"select array[{string.Join(", ", Enumerable.Range(1, ValuesAtATime).Select(n => $"pg_catalog.format('%s', ${n})"))}]";

    private static readonly ConcurrentDictionary<uint, SqlStatement> Statements = new();

    private readonly RowLayout _from;
    private readonly bool[] _columns;
    private readonly Func<PgCommand, ValueTask<string[]>> _run;

    private RowTranslation(RowLayout from, bool[] columns, Func<PgCommand, ValueTask<string[]>> run)
    {
        _from = from;
        _columns = columns;
        _run = run;
        var formats = new DataFormat[from.Count];
        for (var i = 0; i < formats.Length; i++)
            formats[i] = columns[i] ? DataFormat.Text : from[i].Format;
        Layout = from.With(formats);
    }

    /// <summary>The columns after it.</summary>
    public RowLayout Layout { get; }

    /// <summary>The translation of the columns that should have come as text.</summary>
    /// <returns><see langword="null"/> if there are none.</returns>
    public static RowTranslation? Of(RowLayout layout, PgTypeRegistry types, Func<PgCommand, ValueTask<string[]>> run)
    {
        var columns = new bool[layout.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            ref readonly var column = ref layout[i];
            columns[i] = column.Format == DataFormat.Binary && !PgTypeRegistry.IsFixed(column.TypeOid)
                && types.FormatFor(column.TypeOid) == DataFormat.Text;
        }

        return columns.Contains(true) ? new RowTranslation(layout, columns, run) : null;
    }

    /// <summary>Translates rows.</summary>
    /// <param name="rows">The rows, as they came; released if it succeeds.</param>
    /// <returns>The same rows, which the caller must release.</returns>
    /// <exception cref="PgException">The server could not be asked.</exception>
    /// <exception cref="PgUsageException">The server does not take the values back.</exception>
    public async ValueTask<RowBatch> TranslateAsync(RowBatch rows)
    {
        var texts = new List<string>[_columns.Length];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = _columns[i] ? await PrintAsync(_from[i].TypeOid, Collect(rows, i)).ConfigureAwait(false) : [];
        var translated = Compose(rows, texts);
        rows.Release();
        return translated;
    }

    private async ValueTask<List<string>> PrintAsync(uint type, List<byte[]?> values)
    {
        var statement = Statements.GetOrAdd(type, static oid => new SqlStatement(Text, [.. Enumerable.Repeat(oid, ValuesAtATime)]));
        var texts = new List<string>(values.Count);
        for (var first = 0; first < values.Count; first += ValuesAtATime)
        {
            var buffer = ParameterBuffer.Rent();
            for (var i = first; i < first + ValuesAtATime; i++)
                Write(buffer.Writer, i < values.Count ? values[i] : null);
            buffer.Count = ValuesAtATime;
            texts.AddRange(await RunAsync(new PgCommand(statement, buffer)).ConfigureAwait(false));
        }

        return texts;
    }

    private async ValueTask<string[]> RunAsync(PgCommand command)
    {
        try
        {
            return await _run(command).ConfigureAwait(false);
        }
        catch (PgServerException refused)
        {
            throw new PgUsageException(
                "A column of a type that nobody mapped came in binary, and the server does not take such a value back to print it. Run the "
                + "statement again: now that the type is known, the column comes as text. Or cast the column in SQL.",
                refused);
        }
    }

    private List<byte[]?> Collect(RowBatch rows, int column)
    {
        var values = new List<byte[]?>();
        for (var position = 0; rows.TryReadRow(ref position, out var row);)
            values.Add(ValueOf(row, column));
        return values;
    }

    private byte[]? ValueOf(ReadOnlySpan<byte> row, int column)
    {
        if (!RowReader.TryOpen(row, _from.Count, out var reader))
            return null;
        for (var i = 0; reader.TryReadNext(out var value, out var isNull); i++)
        {
            if (i == column)
                return isNull ? null : value.ToArray();
        }

        return null;
    }

    private RowBatch Compose(RowBatch rows, List<string>[] texts)
    {
        using var writer = new WireWriter();
        var index = 0;
        for (var position = 0; rows.TryReadRow(ref position, out var row); index++)
        {
            writer.BeginMessage((byte)BackendMessageType.DataRow);
            Compose(writer, row, texts, index);
            writer.EndMessage();
        }

        var slab = RowSlab.Rent(writer.Length);
        writer.WrittenSpan.CopyTo(slab.Buffer);
        return new RowBatch(slab, 0, writer.Length);
    }

    private void Compose(WireWriter writer, ReadOnlySpan<byte> row, List<string>[] texts, int index)
    {
        // What is no row fails where it is read.
        if (!RowReader.TryOpen(row, _from.Count, out var reader))
            return;
        writer.WriteUInt16((ushort)_from.Count);
        for (var i = 0; reader.TryReadNext(out var value, out var isNull); i++)
            Write(writer, isNull, _columns[i] ? Encoding.UTF8.GetBytes(texts[i][index]) : value);
    }

    private static void Write(WireWriter writer, byte[]? value) => Write(writer, value is null, value);

    private static void Write(WireWriter writer, bool isNull, ReadOnlySpan<byte> value)
    {
        writer.WriteInt32(isNull ? -1 : value.Length);
        if (!isNull)
            writer.WriteBytes(value);
    }
}
