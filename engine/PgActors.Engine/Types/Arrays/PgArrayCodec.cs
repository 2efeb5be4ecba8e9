using System.Diagnostics.CodeAnalysis;

namespace PgActors.Types;

/// <summary>A PostgreSQL array without loss.</summary>
internal sealed class PgArrayCodec<TItem>(PgCodec<TItem> element, ArrayElement type) : AnyArrayCodec<PgArray<TItem>, TItem>(element, type)
{
    private protected override string ShapeLimits => "It has no elements in more than no dimensions";

    private protected override bool TryCreate(in ArrayShape shape, [NotNullWhen(true)] out PgArray<TItem>? collection)
    {
        collection = shape.Count == 0 ? new PgArray<TItem>() : new PgArray<TItem>(new TItem[shape.Count], shape);
        return true;
    }

    private protected override Span<TItem> Items(PgArray<TItem> collection) => collection.Items;

    private protected override ArrayShape ShapeOf(PgArray<TItem> collection, int count) => collection.Shape;
}
