using System.Globalization;

namespace PgActors;

/// <summary>
/// A PostgreSQL range: the values between two bounds, each inclusive, exclusive or absent; or no value at all (PostgreSQL documentation,
/// "Range Types"). The default is the range without bounds. Immutable.
/// </summary>
/// <remarks>The server brings ranges over discrete types (int4, int8, date) into the form <c>[lower,upper)</c>, so one may come back other
/// than it was sent: <c>[1,4]</c> as <c>[1,5)</c>. Equality compares the bounds as they are.</remarks>
/// <typeparam name="T">The type of the bounds; never NULL in PostgreSQL.</typeparam>
public readonly struct PgRange<T> : IEquatable<PgRange<T>>
{
    private readonly T _lower;
    private readonly T _upper;
    private readonly PgRangeFlags _flags;

    /// <summary>A range with both bounds; without more said, the lower inclusive and the upper exclusive.</summary>
    /// <param name="lower">The lower bound.</param>
    /// <param name="upper">The upper bound.</param>
    /// <param name="lowerInclusive">Whether the lower bound belongs to the range.</param>
    /// <param name="upperInclusive">Whether the upper bound belongs to the range.</param>
    /// <remarks>That the lower bound is not above the upper one is left to the server, which knows the type's order.</remarks>
    public PgRange(T lower, T upper, bool lowerInclusive = true, bool upperInclusive = false)
        : this(lower, upper, PgRangeFlags.HasLower | PgRangeFlags.HasUpper
            | (lowerInclusive ? PgRangeFlags.LowerInclusive : 0) | (upperInclusive ? PgRangeFlags.UpperInclusive : 0))
    {
    }

    internal PgRange(T lower, T upper, PgRangeFlags flags)
    {
        _lower = lower;
        _upper = upper;
        _flags = flags;
    }

    /// <summary>Whether it holds no value, said so by the server or by <see cref="PgRange.Empty{T}"/>.</summary>
    public bool IsEmpty => (_flags & PgRangeFlags.Empty) != 0;

    /// <summary>Whether there is a lower bound.</summary>
    public bool HasLower => (_flags & PgRangeFlags.HasLower) != 0;

    /// <summary>Whether there is an upper bound.</summary>
    public bool HasUpper => (_flags & PgRangeFlags.HasUpper) != 0;

    /// <summary>Whether the lower bound belongs to the range.</summary>
    public bool LowerInclusive => (_flags & PgRangeFlags.LowerInclusive) != 0;

    /// <summary>Whether the upper bound belongs to the range.</summary>
    public bool UpperInclusive => (_flags & PgRangeFlags.UpperInclusive) != 0;

    /// <summary>The lower bound.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public T Lower => HasLower ? _lower : throw new InvalidOperationException("The range has no lower bound; ask HasLower first.");

    /// <summary>The upper bound.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public T Upper => HasUpper ? _upper : throw new InvalidOperationException("The range has no upper bound; ask HasUpper first.");

    /// <summary>Whether two ranges are the same.</summary>
    public static bool operator ==(PgRange<T> left, PgRange<T> right) => left.Equals(right);

    /// <summary>Whether two ranges differ.</summary>
    public static bool operator !=(PgRange<T> left, PgRange<T> right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(PgRange<T> other)
        => _flags == other._flags && EqualityComparer<T>.Default.Equals(_lower, other._lower)
            && EqualityComparer<T>.Default.Equals(_upper, other._upper);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PgRange<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_lower, _upper, _flags);

    /// <summary>The range as PostgreSQL writes it, the bounds as .NET's invariant culture does.</summary>
    public override string ToString() => IsEmpty
        ? "empty"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{(LowerInclusive ? '[' : '(')}{(HasLower ? _lower : "")},{(HasUpper ? _upper : "")}{(UpperInclusive ? ']' : ')')}");
}
