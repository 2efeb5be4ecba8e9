using System.Diagnostics.CodeAnalysis;
using PgActors.Types;

namespace PgActors;

/// <summary>A PostgreSQL tid: where a version of a row lies in its table, as its column ctid says (PostgreSQL documentation, "Object
/// Identifier Types"). It changes whenever the row does.</summary>
/// <param name="Block">The block of the table.</param>
/// <param name="Offset">The row's number in it, from 1.</param>
public readonly record struct PgTid(uint Block, ushort Offset)
{
    /// <summary>Reads the form that PostgreSQL prints: <c>(42,7)</c>.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static PgTid Parse(string text) => TextForm.Read(TidCodec.Instance, text, "tid");

    /// <inheritdoc cref="Parse"/>
    /// <returns>Whether it is a tid.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PgTid value)
        => TextForm.TryRead(TidCodec.Instance, text, out value);

    /// <summary>The form that PostgreSQL prints.</summary>
    public override string ToString() => TextForm.Of(TidCodec.Instance, this);
}
