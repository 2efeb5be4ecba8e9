using System.Text;
using PgActors.Rows;
using PgActors.Sessions;

namespace PgActors.Engine.Tests.Sessions;

public sealed class StatementCacheTests
{
    [Fact]
    public void Statement_is_found_by_reference_once_it_was_added()
    {
        var cache = new StatementCache(2, "p_");
        var statement = new SqlStatement("select 1");

        Assert.Null(cache.Find(statement));
        var prepared = cache.Add(statement, out var evicted);
        Assert.NotNull(prepared);
        Assert.Null(evicted);
        Assert.Equal(PreparedStatementState.Preparing, prepared.State);
        Assert.Same(statement, prepared.Statement);
        Assert.Same(prepared, cache.Find(statement));
        Assert.Null(cache.Find(new SqlStatement("select 1")));
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void Least_recently_used_goes_first()
    {
        var cache = new StatementCache(3, "p_");
        var statements = Fill(cache, 3);

        cache.Find(statements[0]);
        cache.Find(statements[2]);
        cache.Find(statements[2]);
        cache.Add(new SqlStatement("new"), out var evicted);
        Assert.Same(statements[1], evicted!.Statement);
        Assert.Null(cache.Find(statements[1]));
        Assert.Equal(3, cache.Count);
    }

    [Fact]
    public void Statement_that_is_being_prepared_is_never_evicted()
    {
        var cache = new StatementCache(2, "p_");
        var preparing = cache.Add(new SqlStatement("a"), out _)!;
        var ready = cache.Add(new SqlStatement("b"), out _)!;
        ready.State = PreparedStatementState.Prepared;

        var third = cache.Add(new SqlStatement("c"), out var evicted);
        Assert.Same(ready, evicted);
        Assert.NotNull(third);
        Assert.Null(cache.Add(new SqlStatement("d"), out evicted));
        Assert.Null(evicted);
        Assert.Same(preparing, cache.Find(preparing.Statement));
        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public void Cache_of_no_capacity_prepares_nothing()
    {
        var cache = new StatementCache(0, "p_");

        Assert.Null(cache.Add(new SqlStatement("a"), out var evicted));
        Assert.Null(evicted);
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void Names_are_never_used_again()
    {
        var cache = new StatementCache(2, "p_");
        var names = new HashSet<string>();
        for (var i = 0; i < 100; i++)
        {
            var prepared = cache.Add(new SqlStatement($"select {i}"), out _)!;
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
        var cache = new StatementCache(2, "p_");
        var statement = new SqlStatement("a");
        var first = cache.Add(statement, out _)!;

        cache.Remove(first);
        Assert.Null(cache.Find(statement));
        var second = cache.Add(statement, out _)!;
        cache.Remove(first);
        Assert.Same(second, cache.Find(statement));
        Assert.NotEqual(first.Name.ToArray(), second.Name.ToArray());
    }

    [Fact]
    public void Statement_is_ready_when_it_is_prepared_and_described()
    {
        var prepared = new StatementCache(1, "p_").Add(new SqlStatement("a"), out _)!;

        Assert.False(prepared.IsReady);
        prepared.State = PreparedStatementState.Prepared;
        Assert.False(prepared.IsReady);
        prepared.Layout = RowLayout.Empty;
        Assert.True(prepared.IsReady);
    }

    [Fact]
    public void Names_that_the_server_would_cut_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new StatementCache(1, new string('x', StatementCache.MaxPrefix + 1)));
        Assert.Throws<ArgumentException>(() => new StatementCache(1, "é"));
        Assert.Throws<ArgumentException>(() => new StatementCache(1, "a\0"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StatementCache(-1, "p_"));
        var longest = new StatementCache(1, new string('x', StatementCache.MaxPrefix));
        Assert.True(longest.Add(new SqlStatement("a"), out _)!.Name.Length <= 63);
    }

    private static SqlStatement[] Fill(StatementCache cache, int count)
    {
        var statements = new SqlStatement[count];
        for (var i = 0; i < count; i++)
        {
            statements[i] = new SqlStatement($"select {i}");
            cache.Add(statements[i], out _)!.State = PreparedStatementState.Prepared;
        }

        return statements;
    }
}
