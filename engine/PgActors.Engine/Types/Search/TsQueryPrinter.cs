using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>Writes a tsquery as PostgreSQL prints it, with the fewest parentheses: <c>'a' &amp; ( 'b' | 'c' )</c> (PostgreSQL source,
/// infix). What is left to write waits in a list, so that no nesting exhausts the stack.</summary>
internal static class TsQueryPrinter
{
    internal static void Write(WireWriter writer, ReadOnlySpan<PgTsQueryItem> items)
    {
        if (items.IsEmpty)
            return;
        var ends = Ends(items);
        var waiting = new Stack<Piece>();
        waiting.Push(new Piece(0, ParentPriority: 0, IsRightOfPhrase: false, Text: null));
        while (waiting.TryPop(out var piece))
        {
            if (piece.Text is not null)
                writer.WriteUtf8(piece.Text);
            else if (items[piece.Index].Kind == PgTsQueryKind.Lexeme)
                WriteLexeme(writer, items[piece.Index]);
            else
                Unfold(waiting, piece, items[piece.Index], ends);
        }
    }

    private static void Unfold(Stack<Piece> waiting, Piece piece, PgTsQueryItem item, int[] ends)
    {
        var priority = TsQueryPriority.Of(item.Kind);
        var right = piece.Index + 1;
        if (item.Kind == PgTsQueryKind.Not)
        {
            waiting.Push(new Piece(right, priority, IsRightOfPhrase: false, Text: null));
            waiting.Push(Piece.Of("!"));
            return;
        }

        var isPhrase = item.Kind == PgTsQueryKind.Phrase;
        var isEnclosed = priority < piece.ParentPriority || (isPhrase && piece.IsRightOfPhrase);
        if (isEnclosed)
            waiting.Push(Piece.Of(" )"));
        waiting.Push(new Piece(right, priority, isPhrase, Text: null));
        waiting.Push(Piece.Of(Sign(item)));
        waiting.Push(new Piece(ends[right], priority, IsRightOfPhrase: false, Text: null));
        if (isEnclosed)
            waiting.Push(Piece.Of("( "));
    }

    /// <summary>For each item the index behind its last operand.</summary>
    private static int[] Ends(ReadOnlySpan<PgTsQueryItem> items)
    {
        var ends = new int[items.Length];
        for (var i = items.Length - 1; i >= 0; i--)
        {
            var end = i + 1;
            for (var operand = 0; operand < items[i].Operands; operand++)
                end = ends[end];
            ends[i] = end;
        }

        return ends;
    }

    private static void WriteLexeme(WireWriter writer, PgTsQueryItem item)
    {
        LexemeText.Write(writer, item.Text);
        if (!item.IsPrefix && item.Weights == PgLexemeWeights.Any)
            return;
        writer.WriteByte((byte)':');
        if (item.IsPrefix)
            writer.WriteByte((byte)'*');
        WriteWeight(writer, item, PgLexemeWeights.A, (byte)'A');
        WriteWeight(writer, item, PgLexemeWeights.B, (byte)'B');
        WriteWeight(writer, item, PgLexemeWeights.C, (byte)'C');
        WriteWeight(writer, item, PgLexemeWeights.D, (byte)'D');
    }

    private static void WriteWeight(WireWriter writer, PgTsQueryItem item, PgLexemeWeights weight, byte letter)
    {
        if (item.Weights.HasFlag(weight))
            writer.WriteByte(letter);
    }

    private static string Sign(PgTsQueryItem item) => item.Kind switch
    {
        PgTsQueryKind.Lexeme => "",
        PgTsQueryKind.Not => "!",
        PgTsQueryKind.And => " & ",
        PgTsQueryKind.Or => " | ",
        PgTsQueryKind.Phrase => item.Distance == 1 ? " <-> " : string.Create(null, $" <{item.Distance}> "),
    };

    private readonly record struct Piece(int Index, int ParentPriority, bool IsRightOfPhrase, string? Text)
    {
        internal static Piece Of(string text) => new(0, 0, false, text);
    }
}
