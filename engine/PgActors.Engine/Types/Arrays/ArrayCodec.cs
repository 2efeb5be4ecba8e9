namespace PgActors.Types;

/// <summary>A PostgreSQL array as a .NET array.</summary>
internal sealed class ArrayCodec<TItem>(PgCodec<TItem> element, uint elementOid) : OneDimensionalCodec<TItem[], TItem>(element, elementOid)
{
    private protected override TItem[] Create(int count) => count == 0 ? [] : new TItem[count];

    private protected override Span<TItem> Items(TItem[] collection) => collection;
}
