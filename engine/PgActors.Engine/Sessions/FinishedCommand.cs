using PgActors.Protocol;

namespace PgActors.Sessions;

/// <summary>The end of one command, taken from the machine by the shell, which owns the completion.</summary>
/// <param name="Request">Which command.</param>
/// <param name="End">How it ended.</param>
/// <param name="Error">What the server said, where it said something; for <see cref="CommandEnd.Skipped"/> and
/// <see cref="CommandEnd.RolledBack"/> the error of the command to blame.</param>
/// <param name="Tag">What the server reported as done, for <see cref="CommandEnd.Succeeded"/>; default for an empty statement.</param>
/// <param name="BlamedOn">The command to blame; <see cref="RequestId.None"/> if it is the command itself or nobody.</param>
/// <param name="CancelSent">Whether a cancel was sent for it.</param>
/// <param name="Safety">Whether its effect went with its transaction.</param>
public readonly record struct FinishedCommand(
    RequestId Request, CommandEnd End, PgError? Error, CommandTag Tag, RequestId BlamedOn, bool CancelSent, StatementSafety Safety)
{
    /// <summary>How far it got, for a command that did not succeed.</summary>
    public Outcome Outcome => End switch
    {
        CommandEnd.Succeeded => Outcome.Unknown,
        CommandEnd.Failed => Error is { IsFatal: true } && Safety == StatementSafety.MayCommit ? Outcome.Unknown : Outcome.RolledBack,
        CommandEnd.Skipped => Outcome.RolledBack,
        CommandEnd.RolledBack => Outcome.RolledBack,
        CommandEnd.HitByCancel => Outcome.RolledBack,
        CommandEnd.NotSent => Outcome.NotSent,
        CommandEnd.NeverRun => Outcome.RolledBack,
        CommandEnd.Lost => Outcome.Unknown,
    };
}
