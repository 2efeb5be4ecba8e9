namespace PgActors.Authentication;

/// <summary>
/// Reads the elements of DER (ITU-T X.690) one after another: as much of it as finding a certificate's signature algorithm takes. Every
/// length is checked against what is left; nothing is allocated.
/// </summary>
internal ref struct DerReader
{
    public const byte ObjectIdentifier = 0x06;
    public const byte Sequence = 0x30;
    public const byte ContextConstructed0 = 0xA0;

    private const byte HighTagNumber = 0x1F;
    private const byte LongLength = 0x80;

    // Four length bytes say 4 GiB; a span cannot be longer than 2 GiB anyway.
    private const int MaxLengthBytes = 4;

    private ReadOnlySpan<byte> _rest;

    public DerReader(ReadOnlySpan<byte> encoded) => _rest = encoded;

    /// <summary>Whether everything was read.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Reads the next element of any kind.</summary>
    /// <returns><see langword="false"/> at the end, and for what DER or X.509 does not use: high tag numbers, indefinite, overlong or
    /// overrunning lengths.</returns>
    public bool TryRead(out byte tag, out ReadOnlySpan<byte> content)
    {
        tag = 0;
        content = default;
        if (_rest.Length < 2 || (_rest[0] & HighTagNumber) == HighTagNumber)
            return false;

        var header = 2;
        long length = _rest[1];
        if (length >= LongLength)
        {
            var lengthBytes = (int)length - LongLength;
            if (lengthBytes is 0 or > MaxLengthBytes || _rest.Length < header + lengthBytes)
                return false;
            length = 0;
            foreach (var part in _rest.Slice(header, lengthBytes))
                length = (length << 8) | part;
            header += lengthBytes;
        }

        if (length > _rest.Length - header)
            return false;
        tag = _rest[0];
        content = _rest.Slice(header, (int)length);
        _rest = _rest[(header + (int)length)..];
        return true;
    }

    /// <summary>Reads the next element, which must have the tag <paramref name="expected"/>.</summary>
    public bool TryRead(byte expected, out ReadOnlySpan<byte> content) => TryRead(out var tag, out content) && tag == expected;
}
