using System.Runtime.InteropServices;

namespace PgActors.Types;

/// <summary>A PostgreSQL array as a list.</summary>
internal sealed class ListCodec<TItem>(PgCodec<TItem> element, uint elementOid)
    : OneDimensionalCodec<List<TItem>, TItem>(element, elementOid)
{
    private protected override List<TItem> Create(int count)
    {
        var list = new List<TItem>(count);
        CollectionsMarshal.SetCount(list, count);
        if (count > 0)
            CollectionsMarshal.AsSpan(list).Clear();
        return list;
    }

    private protected override Span<TItem> Items(List<TItem> collection) => CollectionsMarshal.AsSpan(collection);
}
