using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using PgActors.Types;

namespace PgActors;

/// <summary>
/// A PostgreSQL tsquery: words joined by AND, OR, NOT and FOLLOWED BY (PostgreSQL documentation, "tsquery"). Immutable; equal if all items
/// are. It is kept as one flat run of items, so that no depth of nesting can exhaust a stack.
/// </summary>
/// <example><code>
/// var query = (PgTsQuery.Lexeme("cat") | PgTsQuery.Lexeme("dog", isPrefix: true)) &amp; !PgTsQuery.Lexeme("fish");
/// </code></example>
public sealed class PgTsQuery : IEquatable<PgTsQuery>
{
    /// <summary>The greatest distance of <see cref="FollowedBy"/> (PostgreSQL source, MAXENTRYPOS).</summary>
    public const int MaxDistance = 16_384;

    internal PgTsQuery(ImmutableArray<PgTsQueryItem> items) => Items = items;

    /// <summary>The one without words, which matches nothing.</summary>
    public static PgTsQuery Empty { get; } = new(ImmutableArray<PgTsQueryItem>.Empty);

    /// <summary>The items in the order of the wire: each operator before its operands, and the right operand before the left.</summary>
    public ImmutableArray<PgTsQueryItem> Items { get; }

    /// <summary>A query for one word, which must be in its base form already.</summary>
    /// <param name="text">The word.</param>
    /// <param name="weights">The weights it is looked for with.</param>
    /// <param name="isPrefix">Whether every word that begins so is meant.</param>
    public static PgTsQuery Lexeme(string text, PgLexemeWeights weights = PgLexemeWeights.Any, bool isPrefix = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new PgTsQuery([new PgTsQueryItem(text, weights, isPrefix)]);
    }

    /// <summary>Both must match; an empty one does not count.</summary>
    public static PgTsQuery operator &(PgTsQuery left, PgTsQuery right) => Join(new PgTsQueryItem(PgTsQueryKind.And), left, right);

    /// <summary>One must match; an empty one does not count.</summary>
    public static PgTsQuery operator |(PgTsQuery left, PgTsQuery right) => Join(new PgTsQueryItem(PgTsQueryKind.Or), left, right);

    /// <summary>It must not match; the opposite of the empty one is empty.</summary>
    public static PgTsQuery operator !(PgTsQuery operand)
    {
        ArgumentNullException.ThrowIfNull(operand);
        return operand.Items.IsEmpty ? operand : new PgTsQuery([new PgTsQueryItem(PgTsQueryKind.Not), .. operand.Items]);
    }

    /// <summary>Reads the form that PostgreSQL prints: <c>'cat' &amp; !'dog':*A</c>. It does not make words into lexemes: that is
    /// <c>to_tsquery</c>'s work.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static PgTsQuery Parse(string text) => TextForm.Read(TsQueryCodec.Instance, text, "tsquery");

    /// <inheritdoc cref="Parse"/>
    /// <returns>Whether it is a tsquery.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PgTsQuery? value)
        => TextForm.TryRead(TsQueryCodec.Instance, text, out value);

    /// <summary>Both must match, <paramref name="next"/> so many words behind this one; an empty one does not count.</summary>
    /// <param name="next">What follows.</param>
    /// <param name="distance">How many words behind, 0…16,384; 1 is the next word.</param>
    /// <exception cref="ArgumentOutOfRangeException">The distance is not.</exception>
    public PgTsQuery FollowedBy(PgTsQuery next, int distance = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(distance);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(distance, MaxDistance);
        return Join(new PgTsQueryItem(PgTsQueryKind.Phrase, distance), this, next);
    }

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] PgTsQuery? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as PgTsQuery);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var item in Items)
            hash.Add(item);
        return hash.ToHashCode();
    }

    /// <summary>The form that PostgreSQL prints.</summary>
    public override string ToString() => TextForm.Of(TsQueryCodec.Instance, this);

    private static PgTsQuery Join(PgTsQueryItem item, PgTsQuery left, PgTsQuery right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.Items.IsEmpty)
            return right;
        return right.Items.IsEmpty ? left : new PgTsQuery([item, .. right.Items, .. left.Items]);
    }
}
