using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace PgActors;

/// <summary>A word of a <see cref="PgTsVector"/>, brought to its base form, and where it stands. Immutable; equal if both are.</summary>
public readonly struct PgLexeme : IEquatable<PgLexeme>
{
    private readonly string? _text;
    private readonly ImmutableArray<PgLexemePosition> _positions;

    /// <summary>Makes a lexeme.</summary>
    /// <param name="text">The word.</param>
    /// <param name="positions">Where it stands, in ascending order; none if that is not kept.</param>
    public PgLexeme(string text, params ImmutableArray<PgLexemePosition> positions)
    {
        ArgumentNullException.ThrowIfNull(text);
        _text = text;
        _positions = positions;
    }

    /// <summary>The word.</summary>
    public string Text => _text ?? "";

    /// <summary>Where it stands; empty if that is not kept.</summary>
    public ImmutableArray<PgLexemePosition> Positions => _positions.IsDefault ? [] : _positions;

    /// <summary>Whether word and places are the same.</summary>
    public static bool operator ==(PgLexeme left, PgLexeme right) => left.Equals(right);

    /// <summary>Whether the word or a place differs.</summary>
    public static bool operator !=(PgLexeme left, PgLexeme right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(PgLexeme other) => Text == other.Text && Positions.AsSpan().SequenceEqual(other.Positions.AsSpan());

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is PgLexeme other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Text, Positions.Length);

    /// <summary>The word.</summary>
    public override string ToString() => Text;
}
