using System.Runtime.CompilerServices;
using PgActors.Statements;
using PgActors.Types;

namespace PgActors.Streams.Tests.Statements;

[Collection(RunAlone.Name)]
public sealed class StatementTextsTests
{
    private const int Capacity = 4096;

    [Fact]
    public void Same_text_gives_the_same_statement() =>
        Assert.Same(StatementTexts.Find("select 1 -- same"), StatementTexts.Find(new string("select 1 -- same".AsSpan())));

    [Fact]
    public void Same_text_with_other_types_gives_another_statement()
    {
        var four = StatementTexts.Find("select $1 -- types", [PgTypeOid.Int4]);
        var eight = StatementTexts.Find("select $1 -- types", [PgTypeOid.Int8]);

        Assert.NotSame(four, eight);
        Assert.Same(four, StatementTexts.Find("select $1 -- types", [PgTypeOid.Int4]));
        Assert.Equal([PgTypeOid.Int8], eight.ParameterTypes.ToArray());
    }

    [Fact]
    public void Texts_made_up_without_end_are_not_kept_without_end()
    {
        var first = FindWeakly("select 'the first'");

        for (var i = 0; i <= Capacity; i++)
            StatementTexts.Find($"select {i}");
        GC.Collect();

        Assert.False(first.IsAlive);
    }

    [Fact]
    public void Text_is_remembered_while_there_is_room()
    {
        for (var i = 0; i <= Capacity; i++)
            StatementTexts.Find($"select {i} -- room");
        var kept = StatementTexts.Find("select 'kept'");
        for (var i = 0; i < Capacity / 2; i++)
            StatementTexts.Find($"select {i} -- more");

        Assert.Same(kept, StatementTexts.Find("select 'kept'"));
    }

    // In a frame of its own: the caller's would keep the statement alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference FindWeakly(string text) => new(StatementTexts.Find(text));
}
