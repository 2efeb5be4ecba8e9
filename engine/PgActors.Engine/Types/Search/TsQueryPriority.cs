namespace PgActors.Types;

/// <summary>How tightly the operators of a tsquery bind (PostgreSQL source, tsearch_op_priority).</summary>
internal static class TsQueryPriority
{
    internal static int Of(PgTsQueryKind kind) => kind switch
    {
        PgTsQueryKind.Or => 1,
        PgTsQueryKind.And => 2,
        PgTsQueryKind.Phrase => 3,
        PgTsQueryKind.Not => 4,
        PgTsQueryKind.Lexeme => 5,
    };
}
