using PgActors.Protocol;

namespace PgActors.Sessions;

/// <summary>The end of one command, taken from the machine by the shell, which owns the completion.</summary>
/// <param name="Request">Which command.</param>
/// <param name="End">How it ended.</param>
/// <param name="Error">What the server said, where it said something: of the command itself, of the one to blame, or of the session's
/// end.</param>
/// <param name="Tag">What the server reported as done, for <see cref="CommandEnd.Succeeded"/>; default for an empty statement.</param>
/// <param name="BlamedOn">The command to blame, for <see cref="CommandEnd.Skipped"/>, <see cref="CommandEnd.RolledBack"/>,
/// <see cref="CommandEnd.NeverRun"/> and <see cref="CommandEnd.NotSent"/>; <see cref="RequestId.None"/> if it is the command itself or
/// nobody.</param>
/// <param name="CancelSent">Whether a cancel was sent for it.</param>
/// <param name="Safety">What is proven of a failure: <see cref="StatementSafety.RollsBack"/> that nothing is left of it, whatever the
/// statement was.</param>
public readonly record struct FinishedCommand(
    RequestId Request, CommandEnd End, PgError? Error, CommandTag Tag, RequestId BlamedOn, bool CancelSent, StatementSafety Safety)
{
    /// <summary>What it was doing when its fate was decided.</summary>
    public CommandPhase Phase { get; init; }

    /// <summary>Whether it stopped at its row limit, and its portal has, or may have, more: <see cref="CommandShape.MaySuspend"/>.</summary>
    public bool IsSuspended { get; init; }

    /// <summary>How far it got, for a command that did not succeed.</summary>
    public Outcome Outcome => End switch
    {
        CommandEnd.Succeeded => Outcome.Unknown,
        CommandEnd.Failed => IsUndone(Safety, Error is { IsFatal: true }) ? Outcome.RolledBack : Outcome.Unknown,
        CommandEnd.Skipped => Outcome.RolledBack,
        CommandEnd.RolledBack => Safety == StatementSafety.RollsBack ? Outcome.RolledBack : Outcome.Unknown,
        CommandEnd.HitByCancel => Outcome.RolledBack,
        CommandEnd.NotSent => Outcome.NotSent,
        CommandEnd.NeverRun => Outcome.RolledBack,
        CommandEnd.Lost => Outcome.Unknown,
        CommandEnd.StoppedEarly => Outcome.Unknown,
    };

    private static bool IsUndone(StatementSafety safety, bool endedSession) => safety switch
    {
        StatementSafety.MayCommit => false,
        StatementSafety.AllOrNothing => !endedSession,
        StatementSafety.RollsBack => true,
    };
}
