using System.Runtime.CompilerServices;

namespace PgActors.Protocol;

/// <summary>Makes <see cref="WireArray{T}"/> values.</summary>
public static class WireArray
{
    /// <summary>Copies <paramref name="items"/>.</summary>
    public static WireArray<T> Create<T>(ReadOnlySpan<T> items) => items.IsEmpty ? default : new WireArray<T>(items.ToArray());

    /// <summary>Takes <paramref name="items"/> over without a copy; the caller must not write to it any more.</summary>
    public static WireArray<T> Adopt<T>(T[] items) => new(items);
}

/// <summary>
/// An immutable array that is equal to another one with the same items, so that messages compare by content. Its text form names only its
/// length: passwords, cancel keys and row values travel in such arrays and must not reach a log by way of a message's text.
/// </summary>
/// <typeparam name="T">The items' type, compared with its default comparer.</typeparam>
[CollectionBuilder(typeof(WireArray), nameof(WireArray.Create))]
public readonly struct WireArray<T> : IEquatable<WireArray<T>>
{
    private readonly T[]? _items;

    internal WireArray(T[] items) => _items = items;

    /// <summary>How many items there are.</summary>
    public int Length => _items is null ? 0 : _items.Length;

    /// <summary>Whether there is no item.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The items.</summary>
    public ReadOnlySpan<T> Span => _items;

    /// <summary>One item.</summary>
    /// <exception cref="IndexOutOfRangeException"><paramref name="index"/> is not inside the array.</exception>
    public T this[int index] => Span[index];

    /// <summary>Whether both hold equal items in the same order.</summary>
    public static bool operator ==(WireArray<T> left, WireArray<T> right) => left.Equals(right);

    /// <summary>Whether they differ in an item or in length.</summary>
    public static bool operator !=(WireArray<T> left, WireArray<T> right) => !left.Equals(right);

    /// <summary>The items in a new array, which is the caller's.</summary>
    public T[] ToArray() => Span.ToArray();

    /// <summary>Walks the items in order.</summary>
    public ReadOnlySpan<T>.Enumerator GetEnumerator() => Span.GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(WireArray<T> other) => Span.SequenceEqual(other.Span, comparer: null);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WireArray<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in Span)
            hash.Add(item);
        return hash.ToHashCode();
    }

    /// <summary>The item type and the length, never the items.</summary>
    public override string ToString() => $"{typeof(T).Name}[{Length}]";
}
