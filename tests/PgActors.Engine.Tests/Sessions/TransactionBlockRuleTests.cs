using PgActors.Sessions;

namespace PgActors.Engine.Tests.Sessions;

public sealed class TransactionBlockRuleTests
{
    [Theory]
    [InlineData("vacuum t")]
    [InlineData(" /* now */ VACUUM (full) t")]
    [InlineData("create database d")]
    [InlineData("drop database if exists d")]
    [InlineData("create tablespace s location '/x'")]
    [InlineData("drop subscription s")]
    [InlineData("alter system set x = 1")]
    [InlineData("create index concurrently i on t (n)")]
    [InlineData("create unique index concurrently if not exists i on t (n)")]
    [InlineData("drop index concurrently i")]
    [InlineData("reindex table concurrently t")]
    [InlineData("reindex (verbose) index concurrently i")]
    [InlineData("reindex database d")]
    [InlineData("reindex schema s")]
    public void Statement_that_stands_for_itself_is_known(string sql) => Assert.True(TransactionBlockRule.Forbids(sql));

    [Theory]
    [InlineData("")]
    [InlineData("select 1")]
    [InlineData("select 'vacuum'")]
    [InlineData("create table database (n int)")]
    [InlineData("create table t (concurrently int)")]
    [InlineData("create index i on t (n)")]
    [InlineData("drop table \"database\"")]
    [InlineData("drop index i")]
    [InlineData("alter database d set x = 1")]
    [InlineData("alter table system add n int")]
    [InlineData("reindex table t")]
    [InlineData("insert into vacuum values (1)")]
    public void Any_other_may_be_a_part(string sql) => Assert.False(TransactionBlockRule.Forbids(sql));
}
