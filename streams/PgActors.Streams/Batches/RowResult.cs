using System.Diagnostics.CodeAnalysis;
using PgActors.Rows.Mapping;
using PgActors.Types;

namespace PgActors.Batches;

/// <summary>The result of a command of which one row is wanted.</summary>
internal sealed class RowResult<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(int index, bool isRequired, TypeSource types)
    : PgBatchResult<T>(index)
{
    internal override Task? PrepareResult(SeriesStep step) =>
        step.RowBatchCount > 0 && types.MustPrepare<T>(step.Layout!) ? PrepareAsync(step) : null;

    private async Task PrepareAsync(SeriesStep step)
    {
        if (await types.PrepareAsync<T>(step.Layout!, step.RowBatchAt(0)).ConfigureAwait(false) is { } translation)
            await step.TranslateAsync(translation).ConfigureAwait(false);
    }

    private protected override T Read(SeriesStep step)
    {
        if (step.RowBatchCount == 0)
        {
            return isRequired
                ? throw new InvalidOperationException(
                    (step.Layout is { Count: 0 }
                        ? "One row was expected, and the statement returns none. Use Execute, or add RETURNING."
                        : "One row was expected and none came. Use QuerySingleOrDefault where none is fine.") + $"\n  {step.Statement}")
                : default!;
        }

        var rows = step.RowBatchAt(0);
        var position = 0;
        rows.TryReadRow(ref position, out var row);
        if (step.RowBatchCount > 1 || position < rows.Length)
        {
            throw new InvalidOperationException(
                $"One row was expected and more came. Add a condition or 'limit 1', or use Query for a list of them.\n  {step.Statement}");
        }

        return RowMapperFactory.GetOrCreate<T>(step.Layout!, types.Current).Read(row);
    }
}
