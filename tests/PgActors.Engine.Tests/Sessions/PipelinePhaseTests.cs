using PgActors.Protocol;
using PgActors.Sessions;
using static PgActors.Engine.Tests.Sessions.Pipelines;

namespace PgActors.Engine.Tests.Sessions;

/// <summary>What a command was doing when its fate was decided.</summary>
public sealed class PipelinePhaseTests
{
    [Theory]
    [InlineData(0, CommandPhase.Preparing)]
    [InlineData(1, CommandPhase.Preparing)]
    [InlineData(2, CommandPhase.Preparing)]
    [InlineData(3, CommandPhase.Executing)]
    [InlineData(4, CommandPhase.Executing)]
    [InlineData(5, CommandPhase.Completing)]
    public void Failure_tells_how_far_the_command_was(int replies, CommandPhase expected)
    {
        Assert.Equal(expected, PhaseAfter(replies, machine => machine.OnError(Duplicate), machine => machine.OnReadyForQuery(TransactionStatus.Idle)));
        Assert.Equal(expected, PhaseAfter(replies, machine => machine.OnError(Shutdown), machine => machine.OnTransportLost()));
        Assert.Equal(expected, PhaseAfter(replies, machine => machine.OnTransportLost()));
    }

    [Fact]
    public void Command_that_was_not_handed_to_the_transport_was_waiting()
    {
        var machine = Buffered(Parsed);

        machine.OnTransportLost();
        Assert.True(machine.TryTakeFinished(out var finished));
        Assert.Equal(CommandPhase.Waiting, finished.Phase);
    }

    [Fact]
    public void Portal_that_was_stopped_was_executing()
    {
        var machine = Sent(Portal).Suspended();

        machine.OnCancelWanted(First);
        machine.OnReadyForQuery(TransactionStatus.Idle);
        Assert.True(machine.TryTakeFinished(out var finished));
        Assert.Equal(CommandPhase.Executing, finished.Phase);
    }

    [Fact]
    public void Refused_copy_was_copying()
    {
        var machine = Sent(Cached).Bound();

        machine.OnCopyIn();
        machine.OnError(Duplicate);
        machine.OnReadyForQuery(TransactionStatus.Idle);
        Assert.True(machine.TryTakeFinished(out var finished));
        Assert.Equal(CommandPhase.Copying, finished.Phase);
    }

    private static CommandPhase PhaseAfter(int replies, params ReadOnlySpan<Action<PipelineMachine>> ends)
    {
        Action<PipelineMachine>[] story =
        [
            machine => machine.OnParseComplete(),
            machine => machine.OnBindComplete(),
            machine => machine.OnRowDescription(Layout),
            machine => machine.OnRows(),
            machine => machine.OnCommandComplete(OneRow),
        ];
        var machine = Sent(Parsed);
        foreach (var reply in story.Take(replies))
            reply(machine);
        foreach (var end in ends)
            end(machine);
        Assert.True(machine.TryTakeFinished(out var finished));
        return finished.Phase;
    }
}
