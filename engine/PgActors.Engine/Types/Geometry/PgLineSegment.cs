using System.Diagnostics.CodeAnalysis;
using PgActors.Types;

namespace PgActors;

/// <summary>A PostgreSQL lseg: a line between two points (PostgreSQL documentation, "Geometric Types").</summary>
/// <param name="Start">One end.</param>
/// <param name="End">The other.</param>
public readonly record struct PgLineSegment(PgPoint Start, PgPoint End)
{
    /// <summary>Reads the form that PostgreSQL prints: <c>[(1,2),(3,4)]</c>.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static PgLineSegment Parse(string text) => TextForm.Read(LineSegmentCodec.Instance, text, "lseg");

    /// <inheritdoc cref="Parse"/>
    /// <returns>Whether it is a lseg.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PgLineSegment value)
        => TextForm.TryRead(LineSegmentCodec.Instance, text, out value);

    /// <summary>The form that PostgreSQL prints.</summary>
    public override string ToString() => TextForm.Of(LineSegmentCodec.Instance, this);
}
