using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using PgActors.Types;

namespace PgActors;

/// <summary>A PostgreSQL path: points in order, the last one joined to the first if it is closed (PostgreSQL documentation, "Geometric
/// Types"). Immutable; equal if the points and their order are, and both or none are closed.</summary>
public readonly struct PgPath : IEquatable<PgPath>
{
    private readonly ImmutableArray<PgPoint> _points;

    /// <summary>Makes a path. The server refuses one without points.</summary>
    /// <param name="isClosed">Whether the last point is joined to the first.</param>
    /// <param name="points">The points.</param>
    public PgPath(bool isClosed, ImmutableArray<PgPoint> points)
    {
        IsClosed = isClosed;
        _points = points;
    }

    /// <inheritdoc cref="PgPath(bool, ImmutableArray{PgPoint})"/>
    public PgPath(bool isClosed, params ReadOnlySpan<PgPoint> points)
        : this(isClosed, points.ToImmutableArray())
    {
    }

    /// <summary>Whether the last point is joined to the first.</summary>
    public bool IsClosed { get; }

    /// <summary>The points.</summary>
    public ImmutableArray<PgPoint> Points => _points.IsDefault ? [] : _points;

    /// <summary>Whether the points are the same, and both or none are closed.</summary>
    public static bool operator ==(PgPath left, PgPath right) => left.Equals(right);

    /// <summary>Whether a point differs, or one is closed and the other is not.</summary>
    public static bool operator !=(PgPath left, PgPath right) => !left.Equals(right);

    /// <summary>Reads the form that PostgreSQL prints: <c>[(0,0),(1,0)]</c>, closed <c>((0,0),(1,0))</c>.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static PgPath Parse(string text) => TextForm.Read(PathCodec.Instance, text, "path");

    /// <inheritdoc cref="Parse"/>
    /// <returns>Whether it is a path.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PgPath value)
        => TextForm.TryRead(PathCodec.Instance, text, out value);

    /// <inheritdoc/>
    public bool Equals(PgPath other) => IsClosed == other.IsClosed && Points.AsSpan().SequenceEqual(other.Points.AsSpan());

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is PgPath other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IsClosed, PointRun.Hash(Points.AsSpan()));

    /// <summary>The form that PostgreSQL prints.</summary>
    public override string ToString() => TextForm.Of(PathCodec.Instance, this);
}
