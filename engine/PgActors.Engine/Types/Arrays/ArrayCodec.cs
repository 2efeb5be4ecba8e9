using System.Diagnostics.CodeAnalysis;

namespace PgActors.Types;

/// <summary>A PostgreSQL array of at most one dimension as a .NET array. Lower bounds are not kept: the first element is the first.</summary>
internal sealed class ArrayCodec<TItem>(PgCodec<TItem> element, ArrayElement type) : AnyArrayCodec<TItem[], TItem>(element, type)
{
    private protected override bool TryCreate(in ArrayShape shape, [NotNullWhen(true)] out TItem[]? collection)
    {
        collection = shape.Count == 0 ? [] : shape.Rank == 1 ? new TItem[shape.Count] : null;
        return collection is not null;
    }

    private protected override Span<TItem> Items(TItem[] collection) => collection;
}
