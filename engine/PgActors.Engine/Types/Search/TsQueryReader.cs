using System.Buffers.Text;
using System.Collections.Immutable;

namespace PgActors.Types;

/// <summary>
/// Reads a tsquery as PostgreSQL prints it. Operators wait on a list of their own until what binds tighter is done; items come out behind
/// their operands that way, and turned around that is the order of the wire.
/// </summary>
internal ref struct TsQueryReader
{
    private readonly ImmutableArray<PgTsQueryItem>.Builder _items = ImmutableArray.CreateBuilder<PgTsQueryItem>();

    // A null stands for an open parenthesis.
    private readonly Stack<PgTsQueryItem?> _waiting = new();

    private ReadOnlySpan<byte> _rest;

    private TsQueryReader(ReadOnlySpan<byte> source) => _rest = source;

    internal static bool TryRead(ReadOnlySpan<byte> source, out ImmutableArray<PgTsQueryItem> items)
    {
        items = [];
        if (source.IsEmpty)
            return true;
        var reader = new TsQueryReader(source);
        if (!reader.TryReadAll())
            return false;
        reader._items.Reverse();
        items = reader._items.DrainToImmutable();
        return true;
    }

    private bool TryReadAll()
    {
        var wantsOperand = true;
        while (true)
        {
            _rest = _rest.TrimStart((byte)' ');
            if (_rest.IsEmpty)
                break;
            if (!(wantsOperand ? TryReadBeforeOperand(ref wantsOperand) : TryReadBehindOperand(ref wantsOperand)))
                return false;
        }

        while (_waiting.TryPop(out var item))
        {
            if (item is not { } known)
                return false;
            _items.Add(known);
        }

        return !wantsOperand;
    }

    private bool TryReadBeforeOperand(ref bool wantsOperand)
    {
        if (TryTake("!"u8))
            _waiting.Push(new PgTsQueryItem(PgTsQueryKind.Not));
        else if (TryTake("("u8))
            _waiting.Push(null);
        else if (TryReadLexeme())
            wantsOperand = false;
        else
            return false;
        return true;
    }

    private bool TryReadBehindOperand(ref bool wantsOperand)
    {
        if (TryTake(")"u8))
            return TryClose();
        wantsOperand = true;
        if (TryTake("&"u8))
            return Await(new PgTsQueryItem(PgTsQueryKind.And));
        if (TryTake("|"u8))
            return Await(new PgTsQueryItem(PgTsQueryKind.Or));
        if (TryTake("<->"u8))
            return Await(new PgTsQueryItem(PgTsQueryKind.Phrase, distance: 1));
        if (!TryTake("<"u8) || _rest is not [>= (byte)'0' and <= (byte)'9', ..]
            || !Utf8Parser.TryParse(_rest, out int distance, out var used) || distance > PgTsQuery.MaxDistance)
            return false;
        _rest = _rest[used..];
        return TryTake(">"u8) && Await(new PgTsQueryItem(PgTsQueryKind.Phrase, distance));
    }

    /// <summary>Lets an operator wait for its right operand; those before it that bind as tightly are done.</summary>
    private readonly bool Await(PgTsQueryItem item)
    {
        while (_waiting.TryPeek(out var top) && top is { } earlier && TsQueryPriority.Of(earlier.Kind) >= TsQueryPriority.Of(item.Kind))
        {
            _items.Add(earlier);
            _waiting.Pop();
        }

        _waiting.Push(item);
        return true;
    }

    private readonly bool TryClose()
    {
        while (_waiting.TryPop(out var item))
        {
            if (item is not { } known)
                return true;
            _items.Add(known);
        }

        return false;
    }

    private bool TryReadLexeme()
    {
        if (!LexemeText.TryTake(ref _rest, out var text))
            return false;
        var weights = PgLexemeWeights.Any;
        var isPrefix = false;
        if (TryTake(":"u8))
        {
            for (; _rest is [(byte)'*' or (>= (byte)'A' and <= (byte)'D'), ..]; _rest = _rest[1..])
            {
                isPrefix |= _rest[0] == '*';
                weights |= _rest[0] == '*' ? PgLexemeWeights.Any : (PgLexemeWeights)((int)PgLexemeWeights.A >> (_rest[0] - 'A'));
            }
        }

        _items.Add(new PgTsQueryItem(text, weights, isPrefix));
        return true;
    }

    private bool TryTake(ReadOnlySpan<byte> expected)
    {
        if (!_rest.StartsWith(expected))
            return false;
        _rest = _rest[expected.Length..];
        return true;
    }
}
