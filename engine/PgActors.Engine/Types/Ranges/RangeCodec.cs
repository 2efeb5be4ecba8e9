using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>A range: in binary one byte of flags, then the bounds that there are, each behind its length (PostgreSQL source, range_send); in
/// text <c>[1,5)</c>, or <c>empty</c>.</summary>
internal sealed class RangeCodec<T>(PgCodec<T> bound) : PgCodec<PgRange<T>>
{
    private const byte Empty = 0x01;
    private const byte LowerInclusive = 0x02;
    private const byte UpperInclusive = 0x04;
    private const byte LowerInfinite = 0x08;
    private const byte UpperInfinite = 0x10;

    public override string Limits => $"A bound is out of range: {bound.Limits}";

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out PgRange<T> value)
    {
        value = default;
        var reader = new WireReader(source);
        if (!reader.TryReadByte(out var flags) || flags > (Empty | LowerInclusive | UpperInclusive | LowerInfinite | UpperInfinite))
            return DecodeStatus.Malformed;
        if ((flags & Empty) != 0)
        {
            value = PgRange.Empty<T>();
            return reader.AtEnd ? DecodeStatus.Ok : DecodeStatus.Malformed;
        }

        T lower = default!, upper = default!;
        var found = PgRangeFlags.None;
        if ((flags & LowerInfinite) == 0)
        {
            var status = ReadBound(ref reader, out lower);
            if (status != DecodeStatus.Ok)
                return status;
            found |= PgRangeFlags.HasLower | ((flags & LowerInclusive) != 0 ? PgRangeFlags.LowerInclusive : 0);
        }

        if ((flags & UpperInfinite) == 0)
        {
            var status = ReadBound(ref reader, out upper);
            if (status != DecodeStatus.Ok)
                return status;
            found |= PgRangeFlags.HasUpper | ((flags & UpperInclusive) != 0 ? PgRangeFlags.UpperInclusive : 0);
        }

        if (!reader.AtEnd)
            return DecodeStatus.Malformed;
        value = new PgRange<T>(lower, upper, found);
        return DecodeStatus.Ok;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out PgRange<T> value)
    {
        var text = new QuotedText(source);
        try
        {
            var status = ReadText(ref text, out value);
            return status == DecodeStatus.Ok && !text.Rest.IsEmpty ? DecodeStatus.Malformed : status;
        }
        finally
        {
            text.Dispose();
        }
    }

    public override void WriteBinary(WireWriter writer, PgRange<T> value)
    {
        if (value.IsEmpty)
        {
            writer.WriteByte(Empty);
            return;
        }

        writer.WriteByte((byte)((value.HasLower ? 0 : LowerInfinite) | (value.HasUpper ? 0 : UpperInfinite)
            | (value.LowerInclusive ? LowerInclusive : 0) | (value.UpperInclusive ? UpperInclusive : 0)));
        if (value.HasLower)
            WriteBound(writer, value.Lower);
        if (value.HasUpper)
            WriteBound(writer, value.Upper);
    }

    public override void WriteText(WireWriter writer, PgRange<T> value)
    {
        if (value.IsEmpty)
        {
            writer.WriteBytes("empty"u8);
            return;
        }

        using var scratch = new WireWriter();
        writer.WriteByte(value.LowerInclusive ? (byte)'[' : (byte)'(');
        if (value.HasLower)
            WriteBoundText(writer, scratch, value.Lower);
        writer.WriteByte((byte)',');
        if (value.HasUpper)
            WriteBoundText(writer, scratch, value.Upper);
        writer.WriteByte(value.UpperInclusive ? (byte)']' : (byte)')');
    }

    public override bool Suits(PgRange<T> value)
        => (!value.HasLower || bound.Suits(value.Lower)) && (!value.HasUpper || bound.Suits(value.Upper));

    /// <summary>Reads one range off the front of a text.</summary>
    internal DecodeStatus ReadText(ref QuotedText text, out PgRange<T> value)
    {
        value = default;
        if (text.TryTakeWord("empty"u8))
        {
            value = PgRange.Empty<T>();
            return DecodeStatus.Ok;
        }

        T lower = default!, upper = default!;
        if (!text.TryTakeAny(out var opening) || opening is not ((byte)'[' or (byte)'('))
            return DecodeStatus.Malformed;
        var status = ReadBoundText(ref text, out lower, out var hasLower);
        if (status != DecodeStatus.Ok)
            return status;
        if (!text.TryTake((byte)','))
            return DecodeStatus.Malformed;
        status = ReadBoundText(ref text, out upper, out var hasUpper);
        if (status != DecodeStatus.Ok)
            return status;
        if (!text.TryTakeAny(out var closing) || closing is not ((byte)']' or (byte)')'))
            return DecodeStatus.Malformed;
        var flags = (hasLower ? PgRangeFlags.HasLower : 0) | (hasUpper ? PgRangeFlags.HasUpper : 0)
            | (hasLower && opening == '[' ? PgRangeFlags.LowerInclusive : 0) | (hasUpper && closing == ']' ? PgRangeFlags.UpperInclusive : 0);
        value = new PgRange<T>(lower, upper, flags);
        return DecodeStatus.Ok;
    }

    private DecodeStatus ReadBound(ref WireReader reader, out T value)
    {
        value = default!;
        if (!reader.TryReadValue(out var bytes, out var isNull) || isNull)
            return DecodeStatus.Malformed;
        return bound.ReadBinary(bytes, out value!);
    }

    private DecodeStatus ReadBoundText(ref QuotedText text, out T value, out bool isThere)
    {
        value = default!;
        isThere = false;
        if (!text.TryReadField(out var field, out var isAbsent))
            return DecodeStatus.Malformed;
        isThere = !isAbsent;
        return isAbsent ? DecodeStatus.Ok : bound.ReadText(field, out value!);
    }

    private void WriteBound(WireWriter writer, T value)
    {
        Refuse(value);
        var mark = writer.BeginValue();
        bound.WriteBinary(writer, value);
        writer.EndValue(mark);
    }

    private void WriteBoundText(WireWriter writer, WireWriter scratch, T value)
    {
        Refuse(value);
        scratch.Clear();
        bound.WriteText(scratch, value);
        QuotedText.WriteField(writer, scratch.WrittenSpan);
    }

    private static void Refuse(T value)
    {
        if (value is null)
            throw new ArgumentException("A bound of a range cannot be NULL; leave it out for a range without that bound.", nameof(value));
    }
}
