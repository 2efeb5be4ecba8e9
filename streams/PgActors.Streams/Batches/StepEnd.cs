using PgActors.Sessions;

namespace PgActors.Batches;

/// <summary>Says for a user how a command of a series ended.</summary>
/// <param name="Kind">In which of the ways.</param>
/// <param name="BecauseOf">The index of the command to blame; -1 if it is the command itself, or none of the series.</param>
internal readonly record struct StepEnd(BatchEnd Kind, int BecauseOf)
{
    /// <param name="step">A command that has ended.</param>
    /// <param name="count">How many the series has.</param>
    public static StepEnd Of(SeriesStep step, int count)
    {
        var command = step.End.Command;
        var culprit = CulpritOf(step, command, count);
        return command.End switch
        {
            CommandEnd.Succeeded or CommandEnd.StoppedEarly => new(BatchEnd.Succeeded, -1),
            CommandEnd.Failed => new(BatchEnd.Failed, -1),
            CommandEnd.Skipped or CommandEnd.NeverRun => new(BatchEnd.Skipped, culprit),
            CommandEnd.RolledBack => new(command.Outcome == Outcome.RolledBack ? BatchEnd.RolledBack : BatchEnd.Unknown, culprit),

            // Its caller has asked for a cancel meanwhile, so it was not run again.
            CommandEnd.HitByCancel => new(culprit < 0 ? BatchEnd.Failed : BatchEnd.RolledBack, culprit),
            CommandEnd.NotSent => new(BatchEnd.NotSent, -1),
            CommandEnd.Lost => new(BatchEnd.Unknown, -1),
        };
    }

    // The numbers of a group's requests are consecutive. The culprit may also be a neighbour's command that ended the session.
    private static int CulpritOf(SeriesStep step, in FinishedCommand command, int count)
    {
        if (command.BlamedOn == RequestId.None || command.BlamedOn == command.Request || step.Id == RequestId.None)
            return -1;
        var index = step.Index + (command.BlamedOn.Value - step.Id.Value);
        return index >= 0 && index < count && step.SharesFate ? (int)index : -1;
    }
}
