using System.Diagnostics.CodeAnalysis;

namespace PgActors.Types;

/// <summary>A PostgreSQL array of at most one dimension as an interface that arrays implement, such as <c>IEnumerable&lt;T&gt;</c>. What is
/// read is an array; what is written and is none is copied once.</summary>
internal sealed class SequenceCodec<TSequence, TItem>(PgCodec<TItem> element, ArrayElement type)
    : AnyArrayCodec<TSequence, TItem>(element, type)
    where TSequence : class, IEnumerable<TItem>
{
    private protected override bool TryCreate(in ArrayShape shape, [NotNullWhen(true)] out TSequence? collection)
    {
        collection = shape.Count == 0 || shape.Rank == 1 ? (TSequence)(object)new TItem[shape.Count] : null;
        return collection is not null;
    }

    // An array of a derived class is an IEnumerable<TItem> too, and gives no span of TItem.
    private protected override Span<TItem> Items(TSequence collection)
        => collection.GetType() == typeof(TItem[]) ? (TItem[])(object)collection : collection.ToArray();
}
