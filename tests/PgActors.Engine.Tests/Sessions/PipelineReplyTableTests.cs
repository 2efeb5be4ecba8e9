using PgActors.Protocol;
using PgActors.Sessions;
using static PgActors.Engine.Tests.Sessions.Pipelines;

namespace PgActors.Engine.Tests.Sessions;

/// <summary>Every reply at every step, against the grammar of the protocol's documentation.</summary>
public sealed class PipelineReplyTableTests
{
    private const string Nowhere = "";

    private static readonly Dictionary<string, Func<PipelineMachine>> Steps = new()
    {
        ["no command"] = () => new PipelineMachine(),
        ["all executed, Sync missing"] = () => Sent(Member).Executed(),
        [nameof(ReplyStep.Close)] = () => Sent(Closing),
        [nameof(ReplyStep.Parse)] = () => Sent(Parsed),
        [nameof(ReplyStep.Parameters)] = () => Sent(Careful).Also(machine => machine.OnParseComplete()),
        ["Bind not sent"] = () => Sent(Careful).Described(),
        [nameof(ReplyStep.Bind)] = () => Sent(Cached),
        [nameof(ReplyStep.Description)] = () => Sent(Parsed).Also(machine => machine.OnParseComplete()).Bound(),
        [nameof(ReplyStep.Rows)] = () => Sent(Cached).Bound(),
        ["Rows of a portal"] = () => Sent(Portal).Bound(),
        [nameof(ReplyStep.Suspended)] = () => Sent(Portal).Suspended(),
        [nameof(ReplyStep.CopyRefused)] = () => Sent(Cached).Bound().Also(machine => machine.OnCopyIn()),
        [nameof(ReplyStep.CopyOut)] = () => Sent(Cached).Bound().Also(machine => machine.OnCopyOut()),
        [nameof(ReplyStep.SimpleResults)] = () => Sent(Simple),
        [nameof(ReplyStep.SimpleRows)] = () => Sent(Simple).Also(machine => machine.OnRowDescription(Layout)),
        [nameof(ReplyStep.Skipping)] = () => Sent(Member).Also(machine => machine.OnError(Duplicate)),
        [nameof(ReplyStep.Ready)] = () => Sent(Cached).Executed(),
    };

    private static readonly Dictionary<char, Func<PipelineMachine, SessionEffects>> Replies = new()
    {
        ['3'] = machine => machine.OnCloseComplete(),
        ['t'] = machine => machine.OnParameterDescription(),
        ['1'] = machine => machine.OnParseComplete(),
        ['2'] = machine => machine.OnBindComplete(),
        ['T'] = machine => machine.OnRowDescription(Layout),
        ['n'] = machine => machine.OnNoData(),
        ['D'] = machine => machine.OnRows(),
        ['C'] = machine => machine.OnCommandComplete(OneRow),
        ['I'] = machine => machine.OnEmptyQuery(),
        ['s'] = machine => machine.OnPortalSuspended(),
        ['G'] = machine => machine.OnCopyIn(),
        ['H'] = machine => machine.OnCopyOut(),
        ['d'] = machine => machine.OnCopyData(),
        ['c'] = machine => machine.OnCopyDone(),
        ['E'] = machine => machine.OnError(Duplicate),
        ['Z'] = machine => machine.OnReadyForQuery(TransactionStatus.Idle),
    };

    [Theory]
    [InlineData("no command", Nowhere)]
    [InlineData("all executed, Sync missing", Nowhere)]
    [InlineData(nameof(ReplyStep.Close), "3E")]
    [InlineData(nameof(ReplyStep.Parse), "1E")]
    [InlineData(nameof(ReplyStep.Parameters), "tE")]
    [InlineData("Bind not sent", "E")]
    [InlineData(nameof(ReplyStep.Bind), "2E")]
    [InlineData(nameof(ReplyStep.Description), "TnE")]
    [InlineData(nameof(ReplyStep.Rows), "DCIGHE")]
    [InlineData("Rows of a portal", "DCIsGHE")]
    [InlineData(nameof(ReplyStep.Suspended), Nowhere)]
    [InlineData(nameof(ReplyStep.CopyRefused), "E")]
    [InlineData(nameof(ReplyStep.CopyOut), "dcE")]
    [InlineData(nameof(ReplyStep.SimpleResults), "TCIGHEZ")]
    [InlineData(nameof(ReplyStep.SimpleRows), "DCE")]
    [InlineData(nameof(ReplyStep.Skipping), "E")]
    [InlineData(nameof(ReplyStep.Ready), "EZ")]
    public void Step_takes_its_replies_and_no_other(string step, string accepted)
    {
        foreach (var (type, feed) in Replies)
        {
            var effects = feed(Steps[step]());
            if (accepted.Contains(type, StringComparison.Ordinal))
                Assert.NotEqual(SessionEffectKind.CloseTransport, effects.First.Kind);
            else
                AssertViolation(effects);
        }
    }

    [Fact]
    public void Every_step_is_in_the_table()
    {
        foreach (var step in Enum.GetNames<ReplyStep>())
            Assert.Contains(step, Steps.Keys);
        Assert.Equal(Enum.GetValues<Reply>().Length - 1, Replies.Count);
    }

    [Fact]
    public void Fatal_error_ends_the_session_at_every_step()
    {
        foreach (var make in Steps.Values)
        {
            var failure = AssertClosed(SessionFailureKind.ServerEnded, make().OnError(Shutdown));
            Assert.Equal(Shutdown, failure.Error);
        }
    }

    [Fact]
    public void Violation_names_the_reply_and_the_step()
    {
        var failure = AssertClosed(SessionFailureKind.ProtocolViolation, Sent(Cached).OnParseComplete());
        Assert.Contains("ParseComplete", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'Bind'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Violation_claims_nothing_of_what_a_sync_was_sent_for()
    {
        string[] withoutSync = ["all executed, Sync missing", "Rows of a portal", nameof(ReplyStep.Suspended)];
        foreach (var (step, make) in Steps)
        {
            var machine = make();
            machine.OnCloseComplete();
            machine.OnTransportLost();
            var expected = withoutSync.Contains(step) ? CommandEnd.RolledBack : CommandEnd.Lost;
            foreach (var finished in machine.Take())
            {
                Assert.True(
                    finished.End == expected || finished.End is CommandEnd.Failed or CommandEnd.NeverRun, finished.ToString());
            }
            Assert.Equal(0, machine.Count);
            Assert.False(machine.AcceptsCommands);
        }
    }
}
