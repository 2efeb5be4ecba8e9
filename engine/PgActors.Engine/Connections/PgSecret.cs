using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PgActors;

/// <summary>
/// A password or pass phrase that does not show itself: not in <see cref="ToString"/>, a debugger's display, a log of the options that
/// hold it, or an error. A string converts to it. Immutable and safe for any thread.
/// </summary>
[DebuggerDisplay("***")]
public sealed class PgSecret : IEquatable<PgSecret>
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _value;

    /// <summary>Wraps <paramref name="value"/>.</summary>
    /// <param name="value">The secret itself.</param>
    public PgSecret(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <summary>The secret itself. A method and not a property, so that serialisers and structured loggers do not find it.</summary>
    /// <returns>What was wrapped.</returns>
    public string Reveal() => _value;

    /// <summary>Wraps <paramref name="value"/>; null stays null.</summary>
    /// <param name="value">The secret itself, or null.</param>
    public static implicit operator PgSecret?(string? value) => FromString(value);

    /// <summary>Wraps <paramref name="value"/>; null stays null.</summary>
    /// <param name="value">The secret itself, or null.</param>
    /// <returns>The wrapped secret, or null.</returns>
    public static PgSecret? FromString(string? value) => value is null ? null : new PgSecret(value);

    /// <summary>Whether both hold the same text. Takes a time that depends on the lengths alone.</summary>
    /// <param name="other">The other secret.</param>
    /// <returns>Whether they are the same.</returns>
    public bool Equals(PgSecret? other)
        => other is not null
            && CryptographicOperations.FixedTimeEquals(
                MemoryMarshal.AsBytes(_value.AsSpan()), MemoryMarshal.AsBytes(other._value.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PgSecret);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(_value, StringComparison.Ordinal);

    /// <summary>Three stars, whatever it holds.</summary>
    public override string ToString() => "***";
}
