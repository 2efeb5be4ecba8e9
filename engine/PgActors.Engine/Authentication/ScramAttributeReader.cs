namespace PgActors.Authentication;

/// <summary>Reads the <c>name=value</c> attributes of a SCRAM message, which commas divide (RFC 5802 section 5.1).</summary>
internal ref struct ScramAttributeReader
{
    /// <summary>The name of an extension that its receiver must understand (RFC 5802 section 5.1); nobody defined one,
    /// so it is refused.</summary>
    public const byte MandatoryExtension = (byte)'m';

    private ReadOnlySpan<byte> _rest;
    private bool _expectsMore;

    public ScramAttributeReader(ReadOnlySpan<byte> message)
    {
        _rest = message;
        _expectsMore = true;
    }

    /// <summary>Whether everything was read; a message that ends in a comma never gets there.</summary>
    public readonly bool AtEnd => !_expectsMore;

    /// <summary>The name of the next attribute; 0 if there is none.</summary>
    public readonly byte NextName => _rest.IsEmpty ? (byte)0 : _rest[0];

    /// <summary>Reads the next attribute, whatever its name.</summary>
    public bool TryRead(out byte name, out ReadOnlySpan<byte> value)
    {
        name = 0;
        value = default;
        if (!_expectsMore || _rest.Length < 2 || !char.IsAsciiLetter((char)_rest[0]) || _rest[1] != (byte)'=')
            return false;

        name = _rest[0];
        var rest = _rest[2..];
        var end = rest.IndexOf((byte)',');
        _expectsMore = end >= 0;
        value = _expectsMore ? rest[..end] : rest;
        _rest = _expectsMore ? rest[(end + 1)..] : default;
        return true;
    }

    /// <summary>Reads the next attribute, which must be called <paramref name="expected"/>.</summary>
    public bool TryRead(char expected, out ReadOnlySpan<byte> value) => TryRead(out var name, out value) && name == (byte)expected;

    /// <summary>Steps over the optional extensions at the end, which must be ignored (RFC 5802 section 5.1).</summary>
    /// <returns><see langword="false"/> if one is malformed or mandatory.</returns>
    public bool TrySkipExtensions()
    {
        while (!AtEnd)
        {
            if (!TryRead(out var name, out _) || name == MandatoryExtension)
                return false;
        }

        return true;
    }
}
