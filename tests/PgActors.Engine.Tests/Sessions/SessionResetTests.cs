using PgActors.Protocol;
using PgActors.Sessions;

namespace PgActors.Engine.Tests.Sessions;

public sealed class SessionResetTests
{
    [Theory]
    [InlineData("select 1", SessionTraces.None)]
    [InlineData("set work_mem = 1", SessionTraces.Settings)]
    [InlineData("SET SESSION x = 1", SessionTraces.Settings)]
    [InlineData("set local work_mem = 1", SessionTraces.None)]
    [InlineData("set transaction read only", SessionTraces.None)]
    [InlineData("set constraints all deferred", SessionTraces.None)]
    [InlineData("reset all", SessionTraces.None)]
    [InlineData("select set_config('a.b', 'c', false)", SessionTraces.Settings)]
    [InlineData("listen prices", SessionTraces.Channels)]
    [InlineData("unlisten *", SessionTraces.None)]
    [InlineData("create temp table t ()", SessionTraces.TemporaryObjects)]
    [InlineData("create TEMPORARY view v as select 1", SessionTraces.TemporaryObjects)]
    [InlineData("create table pg_temp.t ()", SessionTraces.TemporaryObjects)]
    [InlineData("select pg_advisory_lock(1)", SessionTraces.AdvisoryLocks)]
    [InlineData("declare c cursor with hold for select 1", SessionTraces.Cursors)]
    [InlineData("prepare p as select 1", SessionTraces.Statements)]
    [InlineData("prepare transaction 'x'", SessionTraces.None)]
    [InlineData("load 'auto_explain'", SessionTraces.Libraries)]
    [InlineData("do $$ begin end $$", SessionTraces.Anything)]
    [InlineData("call p()", SessionTraces.Anything)]
    public void Text_tells_what_a_statement_may_leave_behind(string sql, SessionTraces expected) =>
        Assert.Equal(expected, new SqlStatement(sql).Traces);

    [Theory]
    [InlineData("select 1", false)]
    [InlineData("values (1)", false)]
    [InlineData("table t", false)]
    [InlineData("show all", false)]
    [InlineData("", false)]
    [InlineData("savepoint s", false)]
    [InlineData("with a as (delete from t returning 1) select 1", true)]
    [InlineData("insert into t values (1)", true)]
    [InlineData("-- not select\nupdate t set a = 1", true)]
    [InlineData("create table t ()", true)]
    [InlineData("notify n", true)]
    [InlineData("call p()", true)]
    public void Text_tells_whether_a_statement_may_write(string sql, bool expected) =>
        Assert.Equal(expected, new SqlStatement(sql).MayWrite);

    [Theory]
    [InlineData(SessionTraces.None, TransactionStatus.Idle, null)]
    [InlineData(SessionTraces.None, TransactionStatus.InTransaction, "ROLLBACK")]
    [InlineData(SessionTraces.None, TransactionStatus.Failed, "ROLLBACK")]
    [InlineData(SessionTraces.Settings, TransactionStatus.Idle, "SET SESSION AUTHORIZATION DEFAULT;RESET ALL")]
    [InlineData(SessionTraces.Channels | SessionTraces.AdvisoryLocks, TransactionStatus.Idle, "UNLISTEN *;SELECT pg_advisory_unlock_all()")]
    [InlineData(SessionTraces.TemporaryObjects, TransactionStatus.InTransaction, "ROLLBACK;DISCARD TEMP")]
    [InlineData(SessionTraces.Cursors | SessionTraces.Statements, TransactionStatus.Idle, "CLOSE ALL;DEALLOCATE ALL")]
    public void Only_what_was_touched_is_undone(SessionTraces traces, TransactionStatus status, string? expected) =>
        Assert.Equal(expected, SessionReset.TextFor(traces, status));

    [Fact]
    public void Loaded_library_cannot_be_undone()
    {
        Assert.True(SessionReset.IsImpossible(SessionTraces.Libraries | SessionTraces.Settings));
        Assert.False(SessionReset.IsImpossible(SessionTraces.Anything));
    }
}
