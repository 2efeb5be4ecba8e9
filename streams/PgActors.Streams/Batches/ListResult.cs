using System.Diagnostics.CodeAnalysis;
using PgActors.Rows.Mapping;
using PgActors.Types;

namespace PgActors.Batches;

/// <summary>The result of a command of which all rows are wanted.</summary>
internal sealed class ListResult<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(int index, TypeSource types)
    : PgBatchResult<IReadOnlyList<T>>(index)
{
    internal override Task? PrepareResult(SeriesStep step) =>
        step.RowBatchCount > 0 && types.MustPrepare<T>(step.Layout!) ? PrepareAsync(step) : null;

    private async Task PrepareAsync(SeriesStep step)
    {
        if (await types.PrepareAsync<T>(step.Layout!, step.RowBatchAt(0)).ConfigureAwait(false) is { } translation)
            await step.TranslateAsync(translation).ConfigureAwait(false);
    }

    private protected override IReadOnlyList<T> Read(SeriesStep step)
    {
        if (step.RowBatchCount == 0)
            return [];
        var mapper = RowMapperFactory.GetOrCreate<T>(step.Layout!, types.Current);
        var list = new List<T>();
        for (var i = 0; i < step.RowBatchCount; i++)
        {
            var rows = step.RowBatchAt(i);
            for (var position = 0; rows.TryReadRow(ref position, out var row);)
                list.Add(mapper.Read(row));
        }

        return list;
    }
}
