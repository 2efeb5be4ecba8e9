using PgActors.Batches;
using PgActors.Sessions;
using PgActors.Statements;
using PgActors.Transactions;

namespace PgActors.Streams.Tests.Requests;

/// <summary>What is posted is answered by itself, by the series that it is of, or by what it carries: then its poster's thread may go on with
/// that.</summary>
public sealed class CompletedByTests
{
    private static readonly PgCommand Command = new(StatementTexts.Find("select 1"), null);

    [Fact]
    public void Step_is_answered_by_its_series()
    {
        var (series, other) = (Series(), Series());

        Assert.True(series.First!.IsCompletedBy(series));
        Assert.False(series.First.IsCompletedBy(series.First));
        Assert.False(series.First.IsCompletedBy(other));
    }

    [Fact]
    public void Begin_is_answered_by_what_it_carries()
    {
        var series = Series();
        var begin = new BeginRequest(null!, StatementTexts.Find("begin"));
        begin.Lead(series.First!);

        Assert.True(begin.IsCompletedBy(series));
        Assert.False(begin.IsCompletedBy(begin));
        Assert.Null(begin.TakeCompletion());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Begin_is_awaited_if_what_it_carries_is(bool isAwaited)
    {
        SessionRequest carried = Series().First!;
        carried.IsAwaited = isAwaited;
        var begin = new BeginRequest(null!, StatementTexts.Find("begin"));
        begin.Lead(carried);

        Assert.Equal(isAwaited, begin.IsAwaited);
    }

    private static CommandSeries Series()
    {
        var series = new CommandSeries();
        series.Add(Command, null);
        series.Add(Command, null);
        return series;
    }
}
