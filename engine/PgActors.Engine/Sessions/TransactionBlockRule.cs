namespace PgActors.Sessions;

/// <summary>
/// Knows the statements that cannot be a part of a transaction (PostgreSQL documentation of each: "cannot be executed inside a transaction
/// block"). As the first of several under one Sync the server would run them all the same, and commit them at once.
/// </summary>
internal static class TransactionBlockRule
{
    // Where CONCURRENTLY or the kind of object can stand, at the latest: reindex (verbose) index concurrently.
    private const int MostWords = 8;

    /// <summary>Whether a statement stands for itself only, as far as its text shows.</summary>
    public static bool Forbids(ReadOnlySpan<char> sql)
    {
        var lexemes = new Lexemes(sql);
        if (!lexemes.MoveNext() || lexemes.Kind != LexemeKind.Word)
            return false;
        if (lexemes.Is("VACUUM"))
            return true;
        var reindexes = lexemes.Is("REINDEX");
        var makes = lexemes.Is("CREATE") || lexemes.Is("DROP");
        var alters = lexemes.Is("ALTER");
        var handlesIndex = reindexes;
        for (var word = 1; word < MostWords && (reindexes || makes || alters) && lexemes.MoveNext(); word++)
        {
            if (lexemes.Kind != LexemeKind.Word)
                continue;
            if (word == 1 && makes && (lexemes.Is("DATABASE") || lexemes.Is("TABLESPACE") || lexemes.Is("SUBSCRIPTION")))
                return true;
            if (word == 1 && alters)
                return lexemes.Is("SYSTEM");
            if (reindexes && (lexemes.Is("DATABASE") || lexemes.Is("SYSTEM") || lexemes.Is("SCHEMA")))
                return true;
            if (handlesIndex && lexemes.Is("CONCURRENTLY"))
                return true;
            handlesIndex = reindexes || lexemes.Is("INDEX");
        }

        return false;
    }
}
