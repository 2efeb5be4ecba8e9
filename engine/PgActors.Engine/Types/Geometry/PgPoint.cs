using System.Diagnostics.CodeAnalysis;
using PgActors.Types;

namespace PgActors;

/// <summary>A PostgreSQL point (PostgreSQL documentation, "Geometric Types"). Equal if both numbers are, to the last bit of them; the
/// server's own operators allow a difference of 10^-6.</summary>
/// <param name="X">The abscissa.</param>
/// <param name="Y">The ordinate.</param>
public readonly record struct PgPoint(double X, double Y)
{
    /// <summary>Reads the form that PostgreSQL prints: <c>(1.5,-2)</c>.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static PgPoint Parse(string text) => TextForm.Read(PointCodec.Instance, text, "point");

    /// <inheritdoc cref="Parse"/>
    /// <returns>Whether it is a point.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PgPoint value)
        => TextForm.TryRead(PointCodec.Instance, text, out value);

    /// <summary>The form that PostgreSQL prints.</summary>
    public override string ToString() => TextForm.Of(PointCodec.Instance, this);
}
