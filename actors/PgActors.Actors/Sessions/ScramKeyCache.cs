using System.Security.Cryptography;
using PgActors.Authentication;

namespace PgActors.Sessions;

/// <summary>
/// SCRAM keys that were derived before, by password, salt and iterations: a reconnect, or the next session of a pool, then costs no 4096 rounds of
/// HMAC. A server gives the same salt until the password changes (RFC 5802 §5.1). Held in memory only, never more than a few dozen, and found
/// through a keyed hash, so that no password is kept here. Thread-safe.
/// </summary>
public sealed class ScramKeyCache
{
    /// <summary>Keys held at most; the ones that were used least recently go.</summary>
    public const int Capacity = 64;

    private readonly Lock _gate = new();
    private readonly LinkedList<(byte[] Fingerprint, ScramKeys Keys)> _entries = new();
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(ScramKeys.KeyLength);

    /// <summary>The process's.</summary>
    public static ScramKeyCache Shared { get; } = new();

    /// <summary>Keys held now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _entries.Count;
        }
    }

    /// <summary>The keys, if they were derived before.</summary>
    public ScramKeys? Find(AuthenticationCredentials credentials, ReadOnlySpan<byte> salt, int iterations)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        return Find(credentials.ScramFingerprint(_secret, salt, iterations));
    }

    /// <summary>The keys: those derived before, or new ones, which takes about a millisecond for the usual 4096 iterations.</summary>
    public ScramKeys GetOrDerive(AuthenticationCredentials credentials, ReadOnlySpan<byte> salt, int iterations)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        var fingerprint = credentials.ScramFingerprint(_secret, salt, iterations);
        if (Find(fingerprint) is { } known)
            return known;

        // Outside of the gate: two that need the same keys at the same time both derive them, and hold up nobody else.
        var keys = credentials.DeriveScramKeys(salt, iterations);
        lock (_gate)
        {
            // What falls out is not wiped: an exchange may still be using it.
            if (_entries.Count == Capacity)
                _entries.RemoveLast();
            _entries.AddFirst((fingerprint, keys));
        }

        return keys;
    }

    private ScramKeys? Find(byte[] fingerprint)
    {
        lock (_gate)
        {
            for (var node = _entries.First; node is not null; node = node.Next)
            {
                if (!CryptographicOperations.FixedTimeEquals(node.Value.Fingerprint, fingerprint))
                    continue;
                _entries.Remove(node);
                _entries.AddFirst(node);
                return node.Value.Keys;
            }
        }

        return null;
    }
}
