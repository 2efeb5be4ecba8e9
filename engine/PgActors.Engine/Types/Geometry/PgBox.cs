using System.Diagnostics.CodeAnalysis;
using PgActors.Types;

namespace PgActors;

/// <summary>A PostgreSQL box: a rectangle along the axes (PostgreSQL documentation, "Geometric Types").</summary>
public readonly record struct PgBox
{
    /// <summary>Makes a box of two opposite corners; the greater and the lesser numbers are put together, as the server does.</summary>
    public PgBox(PgPoint corner, PgPoint opposite)
    {
        High = new PgPoint(Greater(corner.X, opposite.X), Greater(corner.Y, opposite.Y));
        Low = new PgPoint(Lesser(corner.X, opposite.X), Lesser(corner.Y, opposite.Y));
    }

    /// <summary>The upper right corner.</summary>
    public PgPoint High { get; }

    /// <summary>The lower left corner.</summary>
    public PgPoint Low { get; }

    /// <summary>Reads the form that PostgreSQL prints: <c>(3,4),(1,2)</c>.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static PgBox Parse(string text) => TextForm.Read(BoxCodec.Instance, text, "box");

    /// <inheritdoc cref="Parse"/>
    /// <returns>Whether it is a box.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PgBox value)
        => TextForm.TryRead(BoxCodec.Instance, text, out value);

    /// <summary>The form that PostgreSQL prints.</summary>
    public override string ToString() => TextForm.Of(BoxCodec.Instance, this);

    // NaN is greater than every number in PostgreSQL (source, float8_gt).
    private static double Greater(double a, double b) => double.IsNaN(a) || a > b ? a : b;

    private static double Lesser(double a, double b) => double.IsNaN(a) || a > b ? b : a;
}
