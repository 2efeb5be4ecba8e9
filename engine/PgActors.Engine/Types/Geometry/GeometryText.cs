using System.Buffers;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>Walks through geometry in the form that PostgreSQL prints, which has no blanks.</summary>
internal ref struct GeometryText
{
    private static readonly SearchValues<byte> Ends = SearchValues.Create(",)]}>"u8);

    private ReadOnlySpan<byte> _rest;

    internal GeometryText(ReadOnlySpan<byte> source) => _rest = source;

    internal readonly bool AtEnd => _rest.IsEmpty;

    internal static void WritePoint(WireWriter writer, PgPoint value)
    {
        writer.WriteByte((byte)'(');
        WriteNumber(writer, value.X);
        writer.WriteByte((byte)',');
        WriteNumber(writer, value.Y);
        writer.WriteByte((byte)')');
    }

    internal static void WriteNumber(WireWriter writer, double value) => Float8Codec.Instance.WriteText(writer, value);

    internal bool TryTake(byte expected)
    {
        if (_rest.IsEmpty || _rest[0] != expected)
            return false;
        _rest = _rest[1..];
        return true;
    }

    internal bool TryReadPoint(out PgPoint value)
    {
        double y = 0;
        var isRead = TryTake((byte)'(') & TryReadNumber(out var x) && TryTake((byte)',') && TryReadNumber(out y) && TryTake((byte)')');
        value = new PgPoint(x, y);
        return isRead;
    }

    internal bool TryReadNumber(out double value)
    {
        var end = _rest.IndexOfAny(Ends);
        var number = end < 0 ? _rest : _rest[..end];
        _rest = _rest[number.Length..];
        return Float8Codec.Instance.ReadText(number, out value) == DecodeStatus.Ok;
    }
}
