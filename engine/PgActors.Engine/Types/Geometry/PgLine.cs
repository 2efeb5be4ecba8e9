using System.Diagnostics.CodeAnalysis;
using PgActors.Types;

namespace PgActors;

/// <summary>A PostgreSQL line, endless in both directions: all points with Ax + By + C = 0 (PostgreSQL documentation, "Geometric Types").
/// The server refuses one in which A and B are both 0.</summary>
/// <param name="A">What x is multiplied with.</param>
/// <param name="B">What y is multiplied with.</param>
/// <param name="C">What is added.</param>
public readonly record struct PgLine(double A, double B, double C)
{
    /// <summary>Reads the form that PostgreSQL prints: <c>{1,-1,0}</c>.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static PgLine Parse(string text) => TextForm.Read(LineCodec.Instance, text, "line");

    /// <inheritdoc cref="Parse"/>
    /// <returns>Whether it is a line.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PgLine value)
        => TextForm.TryRead(LineCodec.Instance, text, out value);

    /// <summary>The form that PostgreSQL prints.</summary>
    public override string ToString() => TextForm.Of(LineCodec.Instance, this);
}
