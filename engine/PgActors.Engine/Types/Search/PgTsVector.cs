using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using PgActors.Types;

namespace PgActors;

/// <summary>A PostgreSQL tsvector: the lexemes of a document, each once, in the order of their UTF-8 bytes (PostgreSQL documentation,
/// "tsvector"). Immutable; equal if all lexemes are.</summary>
public sealed class PgTsVector : IEquatable<PgTsVector>
{
    /// <summary>Makes a tsvector of lexemes in any order.</summary>
    /// <exception cref="ArgumentException">A word comes twice.</exception>
    public PgTsVector(params IEnumerable<PgLexeme> lexemes)
        : this([.. lexemes.OrderBy(lexeme => lexeme.Text, LexemeOrder.Instance)])
    {
        for (var i = 1; i < Lexemes.Length; i++)
        {
            if (Lexemes[i].Text == Lexemes[i - 1].Text)
                throw new ArgumentException("A tsvector holds each word once; put the positions of both together.", nameof(lexemes));
        }
    }

    internal PgTsVector(ImmutableArray<PgLexeme> lexemes) => Lexemes = lexemes;

    /// <summary>The one without lexemes.</summary>
    public static PgTsVector Empty { get; } = new(ImmutableArray<PgLexeme>.Empty);

    /// <summary>The lexemes.</summary>
    public ImmutableArray<PgLexeme> Lexemes { get; }

    /// <summary>Reads the form that PostgreSQL prints: <c>'cat':3 'fat':2A,11</c>. It does not make a document into lexemes: that is
    /// <c>to_tsvector</c>'s work.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static PgTsVector Parse(string text) => TextForm.Read(TsVectorCodec.Instance, text, "tsvector");

    /// <inheritdoc cref="Parse"/>
    /// <returns>Whether it is a tsvector.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PgTsVector? value)
        => TextForm.TryRead(TsVectorCodec.Instance, text, out value);

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] PgTsVector? other)
        => other is not null && Lexemes.AsSpan().SequenceEqual(other.Lexemes.AsSpan());

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as PgTsVector);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var lexeme in Lexemes)
            hash.Add(lexeme);
        return hash.ToHashCode();
    }

    /// <summary>The form that PostgreSQL prints.</summary>
    public override string ToString() => TextForm.Of(TsVectorCodec.Instance, this);
}
