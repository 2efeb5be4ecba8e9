using System.Buffers.Binary;

namespace PgActors.Rows;

/// <summary>
/// Walks the columns of one DataRow, in the order of the wire, in place. It never trusts a length: a field that reaches beyond its row
/// makes every later read fail.
/// </summary>
public ref struct RowReader
{
    // Bytes in front of each column's length word: in a record, its type.
    private const int TypePrefix = 4;

    private readonly ReadOnlySpan<byte> _body;
    private readonly int _prefix;
    private int _position;
    private int _left;

    /// <summary>Opens a DataRow body (what follows the length word).</summary>
    /// <param name="body">The body.</param>
    /// <param name="columns">How many columns the result was described with; a row with another count is malformed.</param>
    /// <param name="reader">The reader, in front of the first column.</param>
    public static bool TryOpen(ReadOnlySpan<byte> body, int columns, out RowReader reader)
    {
        reader = new RowReader(body, columns);
        return BinaryPrimitives.TryReadUInt16BigEndian(body, out var count) && count == columns;
    }

    /// <summary>Opens the binary form of a composite, whose frame was checked before; the columns' types are passed over.</summary>
    internal static void OpenRecord(ReadOnlySpan<byte> record, int columns, out RowReader reader)
        => reader = new RowReader(record, columns, sizeof(int), TypePrefix);

    private RowReader(ReadOnlySpan<byte> body, int columns, int start = sizeof(ushort), int prefix = 0)
    {
        _body = body;
        _prefix = prefix;
        _position = start;
        _left = columns;
    }

    /// <summary>Columns not read yet.</summary>
    public readonly int Left => _left;

    /// <summary>Whether the row was read to its last byte.</summary>
    public readonly bool AtEnd => _left == 0 && _position == _body.Length;

    /// <summary>Reads the next column.</summary>
    /// <param name="value">Its bytes, valid as long as the row; empty if NULL.</param>
    /// <param name="isNull">Whether it is NULL.</param>
    /// <returns><see langword="false"/> if there is no next column or its length does not fit the row.</returns>
    public bool TryReadNext(out ReadOnlySpan<byte> value, out bool isNull)
    {
        value = default;
        isNull = false;
        if (_left == 0 || _body.Length - _position < 4 + _prefix)
            return false;
        _position += _prefix;
        var length = BinaryPrimitives.ReadInt32BigEndian(_body[_position..]);
        if (length < 0)
        {
            if (length != -1)
                return false;
            isNull = true;
            length = 0;
        }

        if (length > _body.Length - _position - 4)
            return false;
        value = _body.Slice(_position + 4, length);
        _position += 4 + length;
        _left--;
        return true;
    }
}
