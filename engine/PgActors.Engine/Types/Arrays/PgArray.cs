using System.Collections;
using PgActors.Types;

namespace PgActors;

/// <summary>
/// A PostgreSQL array as it is: up to six dimensions, each with its length and the index of its first element, which .NET arrays and lists do
/// not keep. It enumerates all elements, the last index running fastest (PostgreSQL documentation, "Arrays").
/// </summary>
/// <remarks>The elements may be changed; the shape may not.</remarks>
/// <typeparam name="T">The elements' type; nullable if there may be NULLs.</typeparam>
public sealed class PgArray<T> : IReadOnlyList<T>
{
    private readonly T[] _items;
    private readonly ArrayShape _shape;

    /// <summary>An array of one dimension whose first element has the index 1; of no elements, the empty array.</summary>
    /// <param name="items">The elements; kept, not copied.</param>
    public PgArray(params T[] items)
        : this(items, ArrayShape.OfList(items.Length))
    {
    }

    /// <summary>An array of any shape.</summary>
    /// <param name="items">The elements, the last index running fastest; kept, not copied.</param>
    /// <param name="lengths">How long each dimension is, 1 or more; at most six of them, whose product is the number of elements.</param>
    /// <param name="lowerBounds">The index of the first element of each dimension; empty for 1 everywhere.</param>
    /// <exception cref="ArgumentException">The lengths do not fit the elements, or there are not as many lower bounds.</exception>
    public PgArray(T[] items, ReadOnlySpan<int> lengths, ReadOnlySpan<int> lowerBounds = default)
        : this(items, MakeShape(items, lengths, lowerBounds))
    {
    }

    internal PgArray(T[] items, in ArrayShape shape)
    {
        _items = items;
        _shape = shape;
    }

    /// <summary>Number of dimensions, 0 to 6; 0 if the array is empty.</summary>
    public int Rank => _shape.Rank;

    /// <summary>Number of elements.</summary>
    public int Count => _items.Length;

    /// <summary>The elements, the last index running fastest.</summary>
    public Span<T> Items => _items;

    /// <summary>An element by its position, counted from 0 whatever the lower bounds are.</summary>
    public T this[int index] => _items[index];

    internal ref readonly ArrayShape Shape => ref _shape;

    /// <summary>The length of a dimension.</summary>
    /// <param name="dimension">The dimension, counted from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public int GetLength(int dimension) => _shape.Length(Checked(dimension));

    /// <summary>The index of the first element of a dimension.</summary>
    /// <param name="dimension">The dimension, counted from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public int GetLowerBound(int dimension) => _shape.LowerBound(Checked(dimension));

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static ArrayShape MakeShape(T[] items, ReadOnlySpan<int> lengths, ReadOnlySpan<int> lowerBounds)
    {
        ArgumentNullException.ThrowIfNull(items);
        if (!lowerBounds.IsEmpty && lowerBounds.Length != lengths.Length)
            throw new ArgumentException("There must be a lower bound for each dimension, or none at all.", nameof(lowerBounds));
        var shape = default(ArrayShape);
        for (var i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] < 1 || !shape.TryAdd(lengths[i], lowerBounds.IsEmpty ? 1 : lowerBounds[i]))
            {
                throw new ArgumentException(
                    "An array has at most six dimensions of at least one element, and its indexes fit into an int.", nameof(lengths));
            }
        }

        return shape.Count == items.Length
            ? shape
            : throw new ArgumentException(
                $"The lengths make an array of {shape.Count} elements, and there are {items.Length}.", nameof(lengths));
    }

    private int Checked(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(dimension);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(dimension, Rank);
        return dimension;
    }
}
