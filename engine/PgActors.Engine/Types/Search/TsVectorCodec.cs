using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>
/// tsvector: how many lexemes in 4 bytes; each a C string, how many positions in 2 bytes, and each in 2, of which the two highest bits are
/// the weight (PostgreSQL source, tsvectorsend); in text <c>'cat':3 'fat':2A,11</c>.
/// </summary>
internal sealed class TsVectorCodec : PgCodec<PgTsVector>
{
    private const int SmallestLexeme = 3;
    private const int WeightShift = 14;
    private const int LongestNumber = 6;

    internal static TsVectorCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out PgTsVector value)
    {
        value = PgTsVector.Empty;
        var reader = new WireReader(source);
        if (!reader.TryReadInt32(out var count) || count < 0 || count > reader.Remaining / SmallestLexeme)
            return DecodeStatus.Malformed;
        var lexemes = new PgLexeme[count];
        foreach (ref var lexeme in lexemes.AsSpan())
        {
            if (!reader.TryReadCString(out ReadOnlySpan<byte> bytes) || TextCodec.Instance.ReadText(bytes, out var text) != DecodeStatus.Ok
                || !TryReadPositions(ref reader, out var positions))
                return DecodeStatus.Malformed;
            lexeme = new PgLexeme(text, positions);
        }

        value = new PgTsVector(ImmutableCollectionsMarshal.AsImmutableArray(lexemes));
        return reader.AtEnd ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out PgTsVector value)
    {
        value = PgTsVector.Empty;
        var lexemes = ImmutableArray.CreateBuilder<PgLexeme>();
        while (!source.IsEmpty)
        {
            if (lexemes.Count > 0 && !TryTake(ref source, (byte)' '))
                return DecodeStatus.Malformed;
            if (!LexemeText.TryTake(ref source, out var text) || !TryTakePositions(ref source, out var positions))
                return DecodeStatus.Malformed;
            lexemes.Add(new PgLexeme(text, positions));
        }

        value = new PgTsVector(lexemes.DrainToImmutable());
        return DecodeStatus.Ok;
    }

    public override void WriteBinary(WireWriter writer, PgTsVector value)
    {
        writer.WriteInt32(value.Lexemes.Length);
        foreach (var lexeme in value.Lexemes)
        {
            writer.WriteCString(lexeme.Text);
            writer.WriteUInt16(WireCount.Checked(lexeme.Positions.Length, "positions of a lexeme"));
            foreach (var position in lexeme.Positions)
                writer.WriteUInt16((ushort)(((int)position.Weight << WeightShift) | position.Position));
        }
    }

    public override void WriteText(WireWriter writer, PgTsVector value)
    {
        var isFirst = true;
        foreach (var lexeme in value.Lexemes)
        {
            if (!isFirst)
                writer.WriteByte((byte)' ');
            isFirst = false;
            LexemeText.Write(writer, lexeme.Text);
            WritePositions(writer, lexeme.Positions);
        }
    }

    private static bool TryReadPositions(ref WireReader reader, out ImmutableArray<PgLexemePosition> positions)
    {
        positions = [];
        if (!reader.TryReadUInt16(out var count) || count > reader.Remaining / sizeof(ushort))
            return false;
        var places = count == 0 ? [] : new PgLexemePosition[count];
        foreach (ref var place in places.AsSpan())
        {
            reader.TryReadUInt16(out var word);
            if ((word & PgLexemePosition.Last) == 0)
                return false;
            place = new PgLexemePosition(word & PgLexemePosition.Last, (PgLexemeWeight)(word >> WeightShift));
        }

        positions = ImmutableCollectionsMarshal.AsImmutableArray(places);
        return true;
    }

    private static bool TryTakePositions(ref ReadOnlySpan<byte> source, out ImmutableArray<PgLexemePosition> positions)
    {
        positions = [];
        if (!TryTake(ref source, (byte)':'))
            return true;
        var places = ImmutableArray.CreateBuilder<PgLexemePosition>();
        do
        {
            if (source is not [>= (byte)'0' and <= (byte)'9', ..] || !Utf8Parser.TryParse(source, out int position, out var used)
                || position is < 1 or > PgLexemePosition.Last)
                return false;
            source = source[used..];
            var weight = PgLexemeWeight.D;
            if (source is [>= (byte)'A' and <= (byte)'D', ..])
            {
                weight = PgLexemeWeight.A - (source[0] - 'A');
                source = source[1..];
            }

            places.Add(new PgLexemePosition(position, weight));
        }
        while (TryTake(ref source, (byte)','));
        positions = places.DrainToImmutable();
        return true;
    }

    private static void WritePositions(WireWriter writer, ImmutableArray<PgLexemePosition> positions)
    {
        for (var i = 0; i < positions.Length; i++)
        {
            writer.WriteByte(i == 0 ? (byte)':' : (byte)',');
            positions[i].Position.TryFormat(writer.GetSpan(LongestNumber), out var written, provider: CultureInfo.InvariantCulture);
            writer.Advance(written);
            if (positions[i].Weight != PgLexemeWeight.D)
                writer.WriteByte((byte)('A' + (PgLexemeWeight.A - positions[i].Weight)));
        }
    }

    private static bool TryTake(ref ReadOnlySpan<byte> source, byte expected)
    {
        if (source.IsEmpty || source[0] != expected)
            return false;
        source = source[1..];
        return true;
    }
}
