using System.Security.Cryptography;

namespace PgActors.Authentication;

/// <summary>The arithmetic of ClientProof (RFC 5802 section 3), the same on both sides.</summary>
internal static class ScramProof
{
    /// <summary>Computes <c>key XOR HMAC(storedKey, authMessage)</c>: the proof out of the client key, or the client key out of the
    /// proof.</summary>
    public static void Compute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> storedKey, ReadOnlySpan<byte> authMessage, Span<byte> result)
    {
        HMACSHA256.HashData(storedKey, authMessage, result);
        for (var i = 0; i < ScramKeys.KeyLength; i++)
            result[i] ^= key[i];
    }
}
