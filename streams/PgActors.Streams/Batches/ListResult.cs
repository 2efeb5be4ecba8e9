using System.Diagnostics.CodeAnalysis;
using PgActors.Rows.Mapping;
using PgActors.Types;

namespace PgActors.Batches;

/// <summary>The result of a command of which all rows are wanted.</summary>
internal sealed class ListResult<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(int index, PgTypeRegistry types)
    : PgBatchResult<IReadOnlyList<T>>(index)
{
    private protected override IReadOnlyList<T> Read(SeriesStep step)
    {
        if (step.RowBatchCount == 0)
            return [];
        var mapper = RowMapperFactory.GetOrCreate<T>(step.Layout!, types);
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
