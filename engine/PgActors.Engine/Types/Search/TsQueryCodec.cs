using System.Runtime.InteropServices;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>
/// tsquery: how many items in 4 bytes, then each operator before its operands, the right one first. An operand is 1, its weights, whether
/// it is a prefix, and a C string; an operator is 2, its number, and for FOLLOWED BY a distance in 2 bytes (PostgreSQL source,
/// tsquerysend).
/// </summary>
internal sealed class TsQueryCodec : PgCodec<PgTsQuery>
{
    private const byte Operand = 1;
    private const byte Operator = 2;
    private const byte Not = 1;
    private const byte And = 2;
    private const byte Or = 3;
    private const byte Phrase = 4;
    private const int SmallestItem = 2;
    private const int AllWeights = 0xF;

    internal static TsQueryCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out PgTsQuery value)
    {
        value = PgTsQuery.Empty;
        var reader = new WireReader(source);
        if (!reader.TryReadInt32(out var count) || count < 0 || count > reader.Remaining / SmallestItem)
            return DecodeStatus.Malformed;
        var items = new PgTsQueryItem[count];

        // Each operator needs operands behind it, and nothing may follow when none is needed any more.
        long needed = count == 0 ? 0 : 1;
        foreach (ref var item in items.AsSpan())
        {
            if (needed == 0 || !TryReadItem(ref reader, out item))
                return DecodeStatus.Malformed;
            needed += item.Operands - 1;
        }

        if (needed != 0 || !reader.AtEnd)
            return DecodeStatus.Malformed;
        value = new PgTsQuery(ImmutableCollectionsMarshal.AsImmutableArray(items));
        return DecodeStatus.Ok;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out PgTsQuery value)
    {
        var isRead = TsQueryReader.TryRead(source, out var items);
        value = isRead ? new PgTsQuery(items) : PgTsQuery.Empty;
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override void WriteBinary(WireWriter writer, PgTsQuery value)
    {
        // The server sends an empty one and refuses to take it back.
        if (value.Items.IsEmpty)
            throw new ArgumentException("PostgreSQL takes no empty tsquery in binary; write ''::tsquery in SQL.", nameof(value));
        writer.WriteInt32(value.Items.Length);
        foreach (var item in value.Items)
        {
            if (item.Kind == PgTsQueryKind.Lexeme)
            {
                writer.WriteByte(Operand);
                writer.WriteByte((byte)item.Weights);
                writer.WriteByte(item.IsPrefix ? (byte)1 : (byte)0);
                writer.WriteCString(item.Text);
                continue;
            }

            writer.WriteByte(Operator);
            writer.WriteByte(CodeOf(item.Kind));
            if (item.Kind == PgTsQueryKind.Phrase)
                writer.WriteInt16((short)item.Distance);
        }
    }

    public override void WriteText(WireWriter writer, PgTsQuery value) => TsQueryPrinter.Write(writer, value.Items.AsSpan());

    private static byte CodeOf(PgTsQueryKind kind) => kind switch
    {
        PgTsQueryKind.Lexeme => 0,
        PgTsQueryKind.Not => Not,
        PgTsQueryKind.And => And,
        PgTsQueryKind.Or => Or,
        PgTsQueryKind.Phrase => Phrase,
    };

    private static bool TryReadItem(ref WireReader reader, out PgTsQueryItem item)
    {
        item = default;
        if (!reader.TryReadByte(out var type))
            return false;
        if (type == Operand)
        {
            if (!reader.TryReadByte(out var weights) || weights > AllWeights || !reader.TryReadByte(out var prefix)
                || !reader.TryReadCString(out ReadOnlySpan<byte> bytes)
                || TextCodec.Instance.ReadText(bytes, out var text) != DecodeStatus.Ok)
                return false;
            item = new PgTsQueryItem(text, (PgLexemeWeights)weights, prefix != 0);
            return true;
        }

        if (type != Operator || !reader.TryReadByte(out var code))
            return false;
        short distance = 0;
        if (code == Phrase && (!reader.TryReadInt16(out distance) || distance is < 0 or > PgTsQuery.MaxDistance))
            return false;
        PgTsQueryKind? kind = code switch
        {
            Not => PgTsQueryKind.Not,
            And => PgTsQueryKind.And,
            Or => PgTsQueryKind.Or,
            Phrase => PgTsQueryKind.Phrase,
            _ => null,
        };
        item = kind is { } known ? new PgTsQueryItem(known, distance) : default;
        return kind is not null;
    }
}
