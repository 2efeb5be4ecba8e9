using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace PgActors.Types;

/// <summary>A PostgreSQL array of at most one dimension as a list.</summary>
internal sealed class ListCodec<TItem>(PgCodec<TItem> element, ArrayElement type) : AnyArrayCodec<List<TItem>, TItem>(element, type)
{
    private protected override bool TryCreate(in ArrayShape shape, [NotNullWhen(true)] out List<TItem>? collection)
    {
        collection = null;
        if (shape.Count > 0 && shape.Rank != 1)
            return false;
        collection = new List<TItem>(shape.Count);
        CollectionsMarshal.SetCount(collection, shape.Count);
        CollectionsMarshal.AsSpan(collection).Clear();
        return true;
    }

    private protected override Span<TItem> Items(List<TItem> collection) => CollectionsMarshal.AsSpan(collection);
}
