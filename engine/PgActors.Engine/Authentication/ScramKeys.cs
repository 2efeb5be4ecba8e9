using System.Security.Cryptography;

namespace PgActors.Authentication;

/// <summary>
/// The keys that a password, a salt and an iteration count make (RFC 5802 section 3). Deriving them is meant to be slow; whoever connects
/// often keeps them by (salt, iterations, password) and wipes them when done.
/// </summary>
/// <remarks>Immutable until <see cref="Dispose"/>, and thread-safe until then. They are as good as the password for that one role: never
/// log them.</remarks>
public sealed class ScramKeys : IDisposable
{
    /// <summary>Bytes in each key: the length of a SHA-256 hash.</summary>
    public const int KeyLength = SHA256.HashSizeInBytes;

    private readonly byte[] _clientKey;
    private readonly byte[] _serverKey;
    private readonly byte[] _storedKey;
    private bool _isWiped;

    private ScramKeys(byte[] clientKey, byte[] serverKey)
    {
        _clientKey = clientKey;
        _serverKey = serverKey;
        _storedKey = SHA256.HashData(clientKey);
    }

    /// <summary>Proves to the server that the client knows the password.</summary>
    /// <exception cref="ObjectDisposedException">The keys were wiped.</exception>
    public ReadOnlySpan<byte> ClientKey => Read(_clientKey);

    /// <summary>Proves to the client that the server knows the password.</summary>
    /// <exception cref="ObjectDisposedException">The keys were wiped.</exception>
    public ReadOnlySpan<byte> ServerKey => Read(_serverKey);

    /// <summary>The hash of <see cref="ClientKey"/>, which the server keeps.</summary>
    /// <exception cref="ObjectDisposedException">The keys were wiped.</exception>
    public ReadOnlySpan<byte> StoredKey => Read(_storedKey);

    /// <summary>Derives the keys with PBKDF2-HMAC-SHA-256. Time grows with <paramref name="iterations"/>: about a millisecond for the usual
    /// 4096. Run it away from the thread that serves the socket.</summary>
    /// <param name="preparedPassword">The password as <see cref="SaslPrep"/> leaves it.</param>
    /// <param name="salt">The server's salt, 1 … 1024 bytes.</param>
    /// <param name="iterations">Rounds, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="iterations"/> is less than 1.</exception>
    public static ScramKeys Derive(ReadOnlySpan<byte> preparedPassword, ReadOnlySpan<byte> salt, int iterations)
    {
        Span<byte> saltedPassword = stackalloc byte[KeyLength];
        try
        {
            Rfc2898DeriveBytes.Pbkdf2(preparedPassword, salt, saltedPassword, iterations, HashAlgorithmName.SHA256);
            return new ScramKeys(
                HMACSHA256.HashData(saltedPassword, "Client Key"u8),
                HMACSHA256.HashData(saltedPassword, "Server Key"u8));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(saltedPassword);
        }
    }

    /// <summary>Takes keys that were derived elsewhere: libpq's <c>scram_client_key</c> and <c>scram_server_key</c>. Copied.</summary>
    /// <param name="clientKey">32 bytes.</param>
    /// <param name="serverKey">32 bytes.</param>
    /// <exception cref="ArgumentException">A key does not have 32 bytes.</exception>
    public static ScramKeys FromKeys(ReadOnlySpan<byte> clientKey, ReadOnlySpan<byte> serverKey)
    {
        if (clientKey.Length != KeyLength)
            throw new ArgumentException($"A SCRAM client key has {KeyLength} bytes.", nameof(clientKey));
        if (serverKey.Length != KeyLength)
            throw new ArgumentException($"A SCRAM server key has {KeyLength} bytes.", nameof(serverKey));
        return new ScramKeys(clientKey.ToArray(), serverKey.ToArray());
    }

    /// <summary>Overwrites the keys. Nobody may be using them.</summary>
    public void Dispose()
    {
        _isWiped = true;
        CryptographicOperations.ZeroMemory(_clientKey);
        CryptographicOperations.ZeroMemory(_serverKey);
        CryptographicOperations.ZeroMemory(_storedKey);
    }

    private ReadOnlySpan<byte> Read(byte[] key)
    {
        ObjectDisposedException.ThrowIf(_isWiped, this);
        return key;
    }
}
