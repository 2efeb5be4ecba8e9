namespace PgActors.Batches;

/// <summary>The result of a command whose rows, if any, do not matter.</summary>
internal sealed class CountResult(int index) : PgBatchResult<long>(index)
{
    internal override bool NeedsRows => false;

    private protected override long Read(SeriesStep step) => step.End.Command.Tag.Rows ?? 0;
}
