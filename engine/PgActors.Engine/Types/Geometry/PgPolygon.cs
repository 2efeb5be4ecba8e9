using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using PgActors.Types;

namespace PgActors;

/// <summary>A PostgreSQL polygon: its corners in order (PostgreSQL documentation, "Geometric Types"). Immutable; equal if the corners are
/// the same in the same order.</summary>
public readonly struct PgPolygon : IEquatable<PgPolygon>
{
    private readonly ImmutableArray<PgPoint> _points;

    /// <summary>Makes a polygon. The server refuses one without corners.</summary>
    public PgPolygon(ImmutableArray<PgPoint> points) => _points = points;

    /// <summary>Makes a polygon of points, which are copied.</summary>
    public PgPolygon(params ReadOnlySpan<PgPoint> points) => _points = [.. points];

    /// <summary>The corners.</summary>
    public ImmutableArray<PgPoint> Points => _points.IsDefault ? [] : _points;

    /// <summary>Whether the corners are the same.</summary>
    public static bool operator ==(PgPolygon left, PgPolygon right) => left.Equals(right);

    /// <summary>Whether a corner differs.</summary>
    public static bool operator !=(PgPolygon left, PgPolygon right) => !left.Equals(right);

    /// <summary>Reads the form that PostgreSQL prints: <c>((0,0),(1,0),(1,1))</c>.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static PgPolygon Parse(string text) => TextForm.Read(PolygonCodec.Instance, text, "polygon");

    /// <inheritdoc cref="Parse"/>
    /// <returns>Whether it is a polygon.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PgPolygon value)
        => TextForm.TryRead(PolygonCodec.Instance, text, out value);

    /// <inheritdoc/>
    public bool Equals(PgPolygon other) => Points.AsSpan().SequenceEqual(other.Points.AsSpan());

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is PgPolygon other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => PointRun.Hash(Points.AsSpan());

    /// <summary>The form that PostgreSQL prints.</summary>
    public override string ToString() => TextForm.Of(PolygonCodec.Instance, this);
}
