using System.Globalization;

namespace PgActors;

/// <summary>A value of the extension cube: a box of any number of dimensions, given by two opposite corners, or a point (PostgreSQL
/// documentation, "cube").</summary>
public sealed class PgCube : IEquatable<PgCube>
{
    private readonly double[] _first;
    private readonly double[] _second;

    /// <summary>A point.</summary>
    /// <param name="point">Its coordinates; copied. The server takes at most 100.</param>
    public PgCube(params ReadOnlySpan<double> point)
    {
        _first = point.ToArray();
        _second = _first;
    }

    /// <summary>A box.</summary>
    /// <param name="first">A corner; copied.</param>
    /// <param name="second">The opposite corner, of as many coordinates; copied.</param>
    /// <exception cref="ArgumentException">The corners have different numbers of coordinates.</exception>
    public PgCube(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length)
            throw new ArgumentException("Both corners must have as many coordinates.", nameof(second));
        _first = first.ToArray();
        _second = second.SequenceEqual(first) ? _first : second.ToArray();
    }

    /// <summary>Number of coordinates.</summary>
    public int Dimensions => _first.Length;

    /// <summary>Whether both corners are the same.</summary>
    public bool IsPoint => ReferenceEquals(_first, _second);

    /// <summary>The first corner.</summary>
    public ReadOnlySpan<double> First => _first;

    /// <summary>The opposite corner.</summary>
    public ReadOnlySpan<double> Second => _second;

    /// <inheritdoc/>
    public bool Equals(PgCube? other)
        => other is not null && _first.AsSpan().SequenceEqual(other._first) && _second.AsSpan().SequenceEqual(other._second);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PgCube);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var coordinate in _first)
            hash.Add(coordinate);
        foreach (var coordinate in _second)
            hash.Add(coordinate);
        return hash.ToHashCode();
    }

    /// <summary>The cube as PostgreSQL writes it: <c>(1, 2)</c> or <c>(1, 2),(3, 4)</c>.</summary>
    public override string ToString() => IsPoint ? Corner(_first) : $"{Corner(_first)},{Corner(_second)}";

    private static string Corner(double[] corner)
        => $"({string.Join(", ", corner.Select(c => c.ToString("R", CultureInfo.InvariantCulture)))})";
}
