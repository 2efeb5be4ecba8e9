using PgActors.Statements;
using PgActors.Types;

namespace PgActors.Streams.Tests.Statements;

public sealed class StatementNodeTests
{
    [Fact]
    public void Same_steps_lead_to_the_same_statement()
    {
        var first = StatementNode.Root.Literal("select ").Parameter(PgTypeOid.Int4).Statement();
        var second = StatementNode.Root.Literal("select ").Parameter(PgTypeOid.Int4).Statement();

        Assert.Same(first, second);
        Assert.Equal("select $1", first.Text);
        Assert.Equal([PgTypeOid.Int4], first.ParameterTypes.ToArray());
    }

    [Fact]
    public void Equal_literals_that_are_different_objects_lead_to_the_same_statement()
    {
        var first = StatementNode.Root.Literal("values (1) -- equal").Statement();
        var second = StatementNode.Root.Literal(new string("values (1) -- equal".AsSpan())).Statement();

        Assert.Same(first, second);
    }

    [Fact]
    public void Another_type_leads_to_another_statement_of_the_same_text()
    {
        var start = StatementNode.Root.Literal("select /* types */ ");

        var four = start.Parameter(PgTypeOid.Int4).Statement();
        var eight = start.Parameter(PgTypeOid.Int8).Statement();

        Assert.NotSame(four, eight);
        Assert.Equal(four.Text, eight.Text);
        Assert.Equal([PgTypeOid.Int8], eight.ParameterTypes.ToArray());
        Assert.Same(four, start.Parameter(PgTypeOid.Int4).Statement());
    }

    [Fact]
    public void Branches_do_not_disturb_each_other()
    {
        var start = StatementNode.Root.Literal("insert into branch values (").Parameter(PgTypeOid.Text);

        var one = start.Literal(")");
        var two = start.Literal(", ").Parameter(PgTypeOid.Bool).Literal(")");
        var neighbours = start.Parameter(PgTypeOid.Uuid);

        Assert.Equal("insert into branch values ($1)", one.Statement().Text);
        Assert.Equal("insert into branch values ($1, $2)", two.Statement().Text);
        Assert.Equal("insert into branch values ($1$2", neighbours.Statement().Text);
        Assert.Equal([PgTypeOid.Text, PgTypeOid.Bool], two.Statement().ParameterTypes.ToArray());
        Assert.Same(one, start.Literal(")"));
    }

    [Fact]
    public void Tail_goes_behind_the_steps_and_goes_on_counting()
    {
        var node = StatementNode.Root.Literal("select ").Parameter(PgTypeOid.Int4).Literal(" from ");

        var statement = node.Build(["\"t\"", " where x = ", PgTypeOid.Text]);

        Assert.Equal("select $1 from \"t\" where x = $2", statement.Text);
        Assert.Equal([PgTypeOid.Int4, PgTypeOid.Text], statement.ParameterTypes.ToArray());
    }

    [Fact]
    public void Threads_that_walk_at_once_meet_at_the_same_nodes()
    {
        const int Threads = 8;
        const int Literals = 200;
        using var start = new Barrier(Threads);
        var nodes = new StatementNode[Threads][];
        var walkers = Enumerable.Range(0, Threads).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            nodes[i] =
            [
                .. Enumerable.Range(0, Literals)
                    .Select(n => StatementNode.Root.Literal($"race {n} ").Parameter((uint)(n % 3) + PgTypeOid.Int8)),
            ];
        })).ToArray();

        foreach (var walker in walkers)
            walker.Start();
        foreach (var walker in walkers)
            walker.Join();

        Assert.All(nodes, walked => Assert.Equal(nodes[0], walked));
    }
}
