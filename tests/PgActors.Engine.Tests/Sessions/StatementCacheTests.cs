using System.Text;
using PgActors.Rows;
using PgActors.Sessions;

namespace PgActors.Engine.Tests.Sessions;

public sealed class StatementCacheTests
{
    private const long Plenty = 1 << 20;

    [Fact]
    public void Statement_is_found_by_reference_once_it_was_added()
    {
        var cache = new StatementCache(2, Plenty, "p_");
        var statement = new SqlStatement("select 1");

        Assert.Null(cache.Find(statement));
        var prepared = cache.Add(statement);
        Assert.NotNull(prepared);
        Assert.Equal(0, cache.Leaving);
        Assert.Equal(PreparedStatementState.Preparing, prepared.State);
        Assert.Same(statement, prepared.Statement);
        Assert.Same(prepared, cache.Find(statement));
        Assert.Null(cache.Find(new SqlStatement("select 1")));
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void Least_recently_used_goes_first()
    {
        var cache = new StatementCache(3, Plenty, "p_");
        var statements = Fill(cache, 3);

        cache.Find(statements[0]);
        cache.Find(statements[2]);
        cache.Find(statements[2]);
        cache.Add(new SqlStatement("new"));
        Assert.Same(statements[1], TakeLeaving(cache)!.Statement);
        Assert.Null(cache.Find(statements[1]));
        Assert.Equal(3, cache.Count);
    }

    [Fact]
    public void Statement_that_is_being_prepared_is_never_evicted()
    {
        var cache = new StatementCache(2, Plenty, "p_");
        var preparing = cache.Add(new SqlStatement("a"))!;
        var ready = cache.Add(new SqlStatement("b"))!;
        ready.State = PreparedStatementState.Prepared;

        var third = cache.Add(new SqlStatement("c"));
        Assert.Same(ready, TakeLeaving(cache));
        Assert.NotNull(third);
        Assert.Null(cache.Add(new SqlStatement("d")));
        Assert.Equal(0, cache.Leaving);
        Assert.Same(preparing, cache.Find(preparing.Statement));
        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public void Cache_of_no_capacity_prepares_nothing()
    {
        var cache = new StatementCache(0, Plenty, "p_");

        Assert.Null(cache.Add(new SqlStatement("a")));
        Assert.Equal(0, cache.Leaving);
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void Names_are_never_used_again()
    {
        var cache = new StatementCache(2, Plenty, "p_");
        var names = new HashSet<string>();
        for (var i = 0; i < 100; i++)
        {
            var prepared = cache.Add(new SqlStatement($"select {i}"))!;
            prepared.State = PreparedStatementState.Prepared;
            var name = Encoding.UTF8.GetString(prepared.Name.Span);
            Assert.StartsWith("p_", name, StringComparison.Ordinal);
            Assert.True(names.Add(name));
            if (i % 3 == 0)
                cache.Remove(prepared);
        }
    }

    [Fact]
    public void Removed_statement_is_forgotten_and_its_successor_is_not()
    {
        var cache = new StatementCache(2, Plenty, "p_");
        var statement = new SqlStatement("a");
        var first = cache.Add(statement)!;

        cache.Remove(first);
        Assert.Null(cache.Find(statement));
        var second = cache.Add(statement)!;
        cache.Remove(first);
        Assert.Same(second, cache.Find(statement));
        Assert.NotEqual(first.Name.ToArray(), second.Name.ToArray());
    }

    [Fact]
    public void Statement_is_ready_when_it_is_prepared_and_described()
    {
        var prepared = new StatementCache(1, Plenty, "p_").Add(new SqlStatement("a"))!;

        Assert.False(prepared.IsReady);
        prepared.State = PreparedStatementState.Prepared;
        Assert.False(prepared.IsReady);
        prepared.Layout = RowLayout.Empty;
        Assert.True(prepared.IsReady);
    }

    [Fact]
    public void Names_that_the_server_would_cut_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new StatementCache(1, Plenty, new string('x', StatementCache.MaxPrefix + 1)));
        Assert.Throws<ArgumentException>(() => new StatementCache(1, Plenty, "é"));
        Assert.Throws<ArgumentException>(() => new StatementCache(1, Plenty, "a\0"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StatementCache(-1, Plenty, "p_"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StatementCache(1, -1, "p_"));
        var longest = new StatementCache(1, Plenty, new string('x', StatementCache.MaxPrefix));
        Assert.True(longest.Add(new SqlStatement("a"))!.Name.Length <= 63);
    }

    [Fact]
    public void Texts_that_are_too_long_together_make_room()
    {
        var cache = new StatementCache(100, 10, "p_");
        var (a, b, c) = (Prepared(cache, "aaaa"), Prepared(cache, "bbbb"), Prepared(cache, "cc"));
        Assert.Equal(10, cache.Bytes);

        Prepared(cache, "dddddd");
        Assert.Same(a, TakeLeaving(cache));
        Assert.Same(b, TakeLeaving(cache));
        Assert.Null(TakeLeaving(cache));
        Assert.Same(c, cache.Find(c.Statement));
        Assert.Equal(8, cache.Bytes);
        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public void Text_that_is_too_long_alone_drives_nobody_out()
    {
        var cache = new StatementCache(100, 10, "p_");
        var kept = Prepared(cache, "aaaa");

        Assert.Null(cache.Add(new SqlStatement("01234567890")));
        Assert.Same(kept, cache.Find(kept.Statement));
        Assert.Equal(0, cache.Leaving);
    }

    [Fact]
    public void Flush_lets_go_of_what_the_server_has_and_keeps_what_is_on_its_way()
    {
        var cache = new StatementCache(4, Plenty, "p_");
        var ready = Prepared(cache, "a");
        var preparing = cache.Add(new SqlStatement("b"))!;

        cache.EvictAll();
        Assert.Null(cache.Find(ready.Statement));
        Assert.Same(preparing, cache.Find(preparing.Statement));
        Assert.Same(ready, TakeLeaving(cache));
        cache.ReturnLeaving(ready);
        Assert.Equal(1, cache.Leaving);

        Prepared(cache, "c");
        cache.Forget();
        Assert.Equal((0, 1), (cache.Leaving, cache.Count));
        Assert.Same(preparing, cache.Find(preparing.Statement));
    }

    private static PreparedStatement Prepared(StatementCache cache, string text)
    {
        var prepared = cache.Add(new SqlStatement(text))!;
        prepared.State = PreparedStatementState.Prepared;
        return prepared;
    }

    private static PreparedStatement? TakeLeaving(StatementCache cache) => cache.TryTakeLeaving(out var leaving) ? leaving : null;

    private static SqlStatement[] Fill(StatementCache cache, int count)
    {
        var statements = new SqlStatement[count];
        for (var i = 0; i < count; i++)
        {
            statements[i] = new SqlStatement($"select {i}");
            cache.Add(statements[i])!.State = PreparedStatementState.Prepared;
        }

        return statements;
    }
}
