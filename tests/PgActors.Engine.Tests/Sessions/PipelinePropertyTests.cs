namespace PgActors.Engine.Tests.Sessions;

/// <summary>
/// Random interleavings of submissions, replies, cancels, ends of cancel sockets and losses against a model server that knows the truth:
/// every command ends exactly once and in order, nothing is accepted while a cancel is under way, no innocent command that could be run
/// again falls to a cancel, and no outcome claims what is not so.
/// </summary>
public sealed class PipelinePropertyTests
{
    private const int Seeds = 3000;
    private const int Steps = 120;

    [Fact]
    public void Independent_commands_survive_their_neighbours_cancels()
    {
        var hits = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var run = new ModelRun(seed, independentOnly: true);
            run.Run(Steps);
            run.Settle();
            hits += run.Hits;
        }

        Assert.True(hits > 100, $"only {hits} accidents happened: the test has lost its teeth");
    }

    [Fact]
    public void Commands_of_every_shape_end_once_and_truly()
    {
        var ended = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var run = new ModelRun(seed, independentOnly: false);
            run.Run(Steps);
            run.Settle();
            ended += run.Ended;
        }

        Assert.True(ended > Seeds * 5);
    }

    [Fact]
    public void Sessions_that_break_claim_only_what_is_so()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var run = new ModelRun(seed, independentOnly: false);
            run.Run(seed % Steps);
            run.Break();
        }
    }
}
