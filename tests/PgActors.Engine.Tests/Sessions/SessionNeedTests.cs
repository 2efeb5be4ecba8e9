using PgActors.Sessions;

namespace PgActors.Engine.Tests.Sessions;

public sealed class SessionNeedTests
{
    [Theory]
    [InlineData("begin", SessionNeed.Transaction)]
    [InlineData("commit; select 1", SessionNeed.Transaction)]
    [InlineData("set search_path = a", SessionNeed.SessionState)]
    [InlineData("listen a", SessionNeed.SessionState)]
    [InlineData("copy t from stdin", SessionNeed.Copy)]
    [InlineData("create temp table t (a int)", SessionNeed.TemporaryObject)]
    [InlineData("CREATE TEMPORARY TABLE t AS SELECT 1", SessionNeed.TemporaryObject)]
    [InlineData("create local temp table t ()", SessionNeed.TemporaryObject)]
    [InlineData("create global temporary table t ()", SessionNeed.TemporaryObject)]
    [InlineData("create or replace temp view v as select 1", SessionNeed.TemporaryObject)]
    [InlineData("create temp recursive view v (a) as select 1", SessionNeed.TemporaryObject)]
    [InlineData("create temporary sequence s", SessionNeed.TemporaryObject)]
    [InlineData("create /* x */ temp -- y\n table t ()", SessionNeed.TemporaryObject)]
    [InlineData("create table pg_temp.t ()", SessionNeed.TemporaryObject)]
    [InlineData("select * from pg_temp.t", SessionNeed.TemporaryObject)]
    [InlineData("explain analyze create temp table t as select 1", SessionNeed.TemporaryObject)]
    [InlineData("select 1 as a into temp t", SessionNeed.TemporaryObject)]
    [InlineData("select 1 as a into temporary table t", SessionNeed.TemporaryObject)]
    [InlineData("select a into temp \"t\" from x", SessionNeed.TemporaryObject)]
    [InlineData("with x as (select 1 as a) select a into temp t from x", SessionNeed.TemporaryObject)]
    [InlineData("select pg_advisory_lock(1)", SessionNeed.AdvisoryLock)]
    [InlineData("select PG_TRY_ADVISORY_LOCK (1, 2)", SessionNeed.AdvisoryLock)]
    [InlineData("select pg_catalog.pg_advisory_lock_shared($1)", SessionNeed.AdvisoryLock)]
    [InlineData("select pg_advisory_unlock_all()", SessionNeed.AdvisoryLock)]
    [InlineData("select set_config('a.b', 'c', false)", SessionNeed.SessionState)]
    [InlineData("select set_config('a.b', lower('C'), $1)", SessionNeed.SessionState)]
    [InlineData("select 1; select 2", SessionNeed.SeveralStatements)]
    [InlineData(";select 1;;select 2", SessionNeed.SeveralStatements)]
    [InlineData("select ';'; begin", SessionNeed.SeveralStatements)]
    [InlineData("select $$;$$; begin", SessionNeed.SeveralStatements)]
    [InlineData("select E'\\';'; begin", SessionNeed.SeveralStatements)]
    [InlineData("create function f() returns int begin atomic select 1; end; select 2", SessionNeed.SeveralStatements)]
    public void Text_shows_what_the_session_must_bear(string sql, SessionNeed expected)
    {
        Assert.Equal(expected, StatementScanner.NeedOf(sql));
        Assert.Equal(expected, new SqlStatement(sql).Need);
    }

    [Theory]
    [InlineData("")]
    [InlineData(";")]
    [InlineData("select 1;")]
    [InlineData("select 1; -- and no more")]
    [InlineData("select 1 ;; /* ; */ ;")]
    [InlineData("select ';', \"a;b\", $$ ; $$, $x$ ; $$ ; $x$, E'\\'; ', 'it''s; ' from t where a = $1 and b = $2")]
    [InlineData("select 'a\\'; ")]
    [InlineData("select 'create temp table t ()', \"pg_advisory_lock\" from t")]
    [InlineData("select pg_advisory_xact_lock(1), pg_try_advisory_xact_lock_shared(2)")]
    [InlineData("select pg_advisory_lock from t")]
    [InlineData("select * from temp")]
    [InlineData("insert into temp values (1)")]
    [InlineData("insert into temp select 1")]
    [InlineData("insert into temp default values")]
    [InlineData("merge into temp t using x on true when matched then delete")]
    [InlineData("select 1 as a into temp")]
    [InlineData("select 1 as a into temp from x")]
    [InlineData("select replace(temp, 'a', 'b') from t")]
    [InlineData("select temporary from t")]
    [InlineData("create table temp (temporary int)")]
    [InlineData("select pg_temp from t")]
    [InlineData("select set_config('a.b', 'c', true)")]
    [InlineData("select set_config('a.b', f(1), TRUE), 2")]
    [InlineData("select current_setting('a.b', false)")]
    [InlineData("create rule r as on insert to t do also (insert into u values (1); insert into u values (2))")]
    [InlineData("create function f() returns int begin atomic select case when true then 1 end; select pg_advisory_lock(1); end")]
    [InlineData("do $$ begin create temp table t (); end $$")]
    [InlineData("select a$b$ from t where x = $1")]
    [InlineData("select '")]
    [InlineData("select \"")]
    [InlineData("select $$")]
    [InlineData("select E'\\")]
    [InlineData("select /* ; ")]
    [InlineData(")))) ; ")]
    public void Text_that_can_be_shared_is_not_held_back(string sql) => Assert.Equal(SessionNeed.None, StatementScanner.NeedOf(sql));

    [Fact]
    public void Every_beginning_of_a_text_is_read_to_its_end()
    {
        const string Sql = "create or replace temp view v as select E'\\'', \"a\"\"b\", $x$ $ $x$, $1 /* /* */ */ -- c\n ; begin";
        for (var length = 0; length <= Sql.Length; length++)
            Assert.True(Enum.IsDefined(StatementScanner.NeedOf(Sql.AsSpan(0, length))));
    }
}
