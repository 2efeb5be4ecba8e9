using System.Diagnostics.CodeAnalysis;
using PgActors.Types;

namespace PgActors;

/// <summary>A PostgreSQL circle (PostgreSQL documentation, "Geometric Types"). The server refuses a negative radius.</summary>
/// <param name="Center">The centre.</param>
/// <param name="Radius">The radius.</param>
public readonly record struct PgCircle(PgPoint Center, double Radius)
{
    /// <summary>Reads the form that PostgreSQL prints: <c>&lt;(1,2),3&gt;</c>.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static PgCircle Parse(string text) => TextForm.Read(CircleCodec.Instance, text, "circle");

    /// <inheritdoc cref="Parse"/>
    /// <returns>Whether it is a circle.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PgCircle value)
        => TextForm.TryRead(CircleCodec.Instance, text, out value);

    /// <summary>The form that PostgreSQL prints.</summary>
    public override string ToString() => TextForm.Of(CircleCodec.Instance, this);
}
