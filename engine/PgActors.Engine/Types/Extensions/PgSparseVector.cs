using System.Globalization;

namespace PgActors;

/// <summary>A value of pgvector's type sparsevec: a vector of which only the elements other than zero are kept. Immutable.</summary>
public readonly struct PgSparseVector : IEquatable<PgSparseVector>
{
    private readonly int[]? _indexes;
    private readonly float[]? _values;

    /// <summary>Makes a vector.</summary>
    /// <param name="dimensions">Number of elements, those that are zero included.</param>
    /// <param name="indexes">Where the others stand, counted from 0, ascending; copied.</param>
    /// <param name="values">What they are; copied.</param>
    /// <exception cref="ArgumentException">There are not as many values as indexes, or the indexes do not ascend within the
    /// dimensions.</exception>
    public PgSparseVector(int dimensions, ReadOnlySpan<int> indexes, ReadOnlySpan<float> values)
    {
        if (indexes.Length != values.Length)
            throw new ArgumentException("There must be a value for each index.", nameof(values));
        if (!Ascend(dimensions, indexes))
            throw new ArgumentException("The indexes must ascend and lie within the dimensions, counted from 0.", nameof(indexes));
        Dimensions = dimensions;
        _indexes = indexes.ToArray();
        _values = values.ToArray();
    }

    /// <summary>Number of elements, those that are zero included.</summary>
    public int Dimensions { get; }

    /// <summary>Where the elements other than zero stand, counted from 0, ascending.</summary>
    public ReadOnlySpan<int> Indexes => _indexes;

    /// <summary>The elements other than zero.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>Whether two vectors are the same.</summary>
    public static bool operator ==(PgSparseVector left, PgSparseVector right) => left.Equals(right);

    /// <summary>Whether two vectors differ.</summary>
    public static bool operator !=(PgSparseVector left, PgSparseVector right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(PgSparseVector other)
        => Dimensions == other.Dimensions && Indexes.SequenceEqual(other.Indexes) && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PgSparseVector other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Dimensions);
        foreach (var index in Indexes)
            hash.Add(index);
        foreach (var value in Values)
            hash.Add(value);
        return hash.ToHashCode();
    }

    /// <summary>The vector as pgvector writes it, with indexes counted from 1: <c>{1:0.5,3:2}/5</c>.</summary>
    public override string ToString()
    {
        var parts = new string[Indexes.Length];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = string.Create(CultureInfo.InvariantCulture, $"{Indexes[i] + 1}:{Values[i]:R}");
        return string.Create(CultureInfo.InvariantCulture, $"{{{string.Join(',', parts)}}}/{Dimensions}");
    }

    internal static bool Ascend(int dimensions, ReadOnlySpan<int> indexes)
    {
        var last = -1;
        foreach (var index in indexes)
        {
            if (index <= last || index >= dimensions)
                return false;
            last = index;
        }

        return true;
    }
}
