using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace PgActors.Testing;

/// <summary>Reads the model's tiny language. Everything else is a syntax error, with its position.</summary>
internal sealed class ModelSql
{
    private const string UnnamedColumn = "?column?";
    private const int SqlStateLength = 5;

    private readonly string _sql;
    private readonly List<SqlToken> _tokens;
    private int _at;

    private ModelSql(string sql, List<SqlToken> tokens)
    {
        _sql = sql;
        _tokens = tokens;
    }

    private SqlToken? Next => _at < _tokens.Count ? _tokens[_at] : null;

    private bool IsAtEndOfStatement => Next is not { } token || token.Is(';');

    /// <summary>Reads all statements of a text, separated by semicolons; empty ones are left out.</summary>
    public static bool TryParse(
        string sql, [NotNullWhen(true)] out List<ModelCommand>? commands, [NotNullWhen(false)] out PgError? error)
    {
        commands = null;
        error = null;
        if (SqlTokenizer.Cut(sql, out var openQuote) is not { } tokens)
        {
            error = SyntaxError(sql, openQuote, $"unterminated quoted string at or near \"{sql[openQuote..]}\"");
            return false;
        }

        var parser = new ModelSql(sql, tokens);
        var parsed = new List<ModelCommand>();
        while (parser.Next is { } token)
        {
            if (token.Is(';'))
            {
                parser._at++;
                continue;
            }

            if (parser.ParseStatement() is not { } command || !parser.IsAtEndOfStatement)
            {
                error = parser.SyntaxErrorHere();
                return false;
            }

            parsed.Add(command with { Sql = sql[token.Start..parser._tokens[parser._at - 1].End] });
        }

        commands = parsed;
        return true;
    }

    // A method that answers null leaves the position at the token that it did not understand.
    private ModelCommand? ParseStatement()
    {
        if (Take("select"))
            return ParseSelect();
        if (Take("rows"))
            return TakeNumber() is { } count ? Make(ModelCommandKind.Rows) with { RowCount = count } : null;
        if (Take("wait"))
            return TakeArgument() is { } name ? Make(ModelCommandKind.Wait) with { Argument = name } : null;
        if (Take("fail"))
            return ParseFailure(ModelCommandKind.Fail);
        if (Take("fatal"))
            return ParseFailure(ModelCommandKind.Fatal);
        if (Take("notice"))
            return Make(ModelCommandKind.Notice) with { Message = TakeText() ?? "notice" };
        if (Take("discard"))
            return Take("all") ? Make(ModelCommandKind.DiscardAll) : null;
        if (Take("begin"))
            return SkipOptions(ModelCommandKind.Begin);
        if (Take("start"))
            return Take("transaction") ? SkipOptions(ModelCommandKind.Begin) : null;
        if (Take("commit") || Take("end"))
            return ParseEnd(ModelCommandKind.Commit);
        return Take("rollback") || Take("abort") ? ParseEnd(ModelCommandKind.Rollback) : null;
    }

    private ModelCommand? ParseSelect()
    {
        var items = new List<ModelItem>();
        do
        {
            if (ParseItem() is not { } item)
                return null;
            if (Take("as"))
            {
                if (TakeArgument() is not { } name)
                    return null;
                item = item with { Name = name };
            }

            items.Add(item);
        }
        while (Take(','));

        return Make(ModelCommandKind.Select) with { Items = items, RowCount = 1 };
    }

    private ModelItem? ParseItem()
    {
        if (Next is not { } token)
            return null;
        ModelItem? item = token.Kind switch
        {
            SqlTokenKind.Parameter => IsParameterNumber(token.Text, out var number) ? new ModelItem(number, null, 0, UnnamedColumn) : null,
            SqlTokenKind.Text => new ModelItem(0, token.Text, ModelTypes.Text, UnnamedColumn),
            SqlTokenKind.Word => ParseWord(token),
            SqlTokenKind.Symbol => null,
        };
        if (item is not null)
            _at++;
        return item;
    }

    private static ModelItem? ParseWord(SqlToken token)
    {
        if (token.Is("null"))
            return new ModelItem(0, null, ModelTypes.Text, UnnamedColumn);
        if (token.Is("true") || token.Is("false"))
            return new ModelItem(0, token.Is("true") ? "t" : "f", ModelTypes.Bool, "bool");
        if (!long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        return new ModelItem(0, token.Text, number <= int.MaxValue ? ModelTypes.Int4 : ModelTypes.Int8, UnnamedColumn);
    }

    private ModelCommand? ParseFailure(ModelCommandKind kind)
    {
        if (Next is not { Kind: SqlTokenKind.Word, Text.Length: SqlStateLength } state)
            return null;
        _at++;
        return Make(kind) with { Argument = state.Text.ToUpperInvariant(), Message = TakeText() ?? "failed as told" };
    }

    // The words after BEGIN name an isolation level or access mode; a model has only one.
    private ModelCommand SkipOptions(ModelCommandKind kind)
    {
        while (!IsAtEndOfStatement)
            _at++;
        return Make(kind);
    }

    private ModelCommand ParseEnd(ModelCommandKind kind)
    {
        _ = Take("work") || Take("transaction");
        return Make(kind);
    }

    private bool Take(string keyword)
    {
        if (Next is not { } token || !token.Is(keyword))
            return false;
        _at++;
        return true;
    }

    private bool Take(char symbol)
    {
        if (Next is not { } token || !token.Is(symbol))
            return false;
        _at++;
        return true;
    }

    private int? TakeNumber()
    {
        if (Next is not { Kind: SqlTokenKind.Word } token
            || !int.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        _at++;
        return number;
    }

    private string? TakeArgument()
    {
        if (Next is not { Kind: SqlTokenKind.Word or SqlTokenKind.Text } token)
            return null;
        _at++;
        return token.Text;
    }

    private string? TakeText() => Next is { Kind: SqlTokenKind.Text } ? TakeArgument() : null;

    private static bool IsParameterNumber(string digits, out int number)
        => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is >= 1 and <= ushort.MaxValue;

    private static ModelCommand Make(ModelCommandKind kind) => new(kind, "");

    private PgError SyntaxErrorHere() => Next is { } token
        ? SyntaxError(_sql, token.Start, $"syntax error at or near \"{_sql[token.Start..token.End]}\"")
        : SyntaxError(_sql, _sql.Length, "syntax error at end of input");

    // PostgreSQL counts characters, not UTF-16 units.
    private static PgError SyntaxError(string sql, int offset, string message)
        => ServerErrors.Error(SqlStates.SyntaxError, message, sql[..offset].EnumerateRunes().Count() + 1);
}
