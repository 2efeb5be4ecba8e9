using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PgActors.Authentication;

/// <summary>
/// What a server keeps of a role's password: <c>SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey</c> (PostgreSQL documentation,
/// "pg_authid", rolpassword). Enough to check a client's proof; with it alone nobody can make one.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class ScramSecret
{
    private const string Prefix = "SCRAM-SHA-256$";

    // Longer than the longest that the limits on salt and iterations allow.
    private const int MaxTextLength = 2048;

    private ScramSecret(int iterations, byte[] salt, byte[] storedKey, byte[] serverKey)
    {
        Iterations = iterations;
        Salt = salt;
        StoredKey = storedKey;
        ServerKey = serverKey;
    }

    /// <summary>Rounds of PBKDF2, at least 1.</summary>
    public int Iterations { get; }

    /// <summary>The salt, 1 … 1024 bytes. Not to be changed.</summary>
    public byte[] Salt { get; }

    /// <summary>SHA-256 of the client key, 32 bytes. Not to be changed.</summary>
    public byte[] StoredKey { get; }

    /// <summary>The server key, 32 bytes. Not to be changed.</summary>
    public byte[] ServerKey { get; }

    /// <summary>Makes the secret for a password, as <c>ALTER ROLE … PASSWORD</c> would store it.</summary>
    /// <param name="password">The password in UTF-8, not prepared.</param>
    /// <param name="salt">Random bytes, 1 … 1024; PostgreSQL takes 16.</param>
    /// <param name="iterations">Rounds, at least 1; PostgreSQL takes 4096.</param>
    /// <exception cref="ArgumentException">The salt is empty or too long.</exception>
    /// <exception cref="PlatformNotSupportedException">The password is not ASCII and the process cannot normalise it.</exception>
    public static ScramSecret FromPassword(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int iterations)
    {
        if (salt.Length is 0 or > ScramClient.MaxSaltLength)
            throw new ArgumentException($"A SCRAM salt has 1 to {ScramClient.MaxSaltLength} bytes.", nameof(salt));
        var prepared = SaslPrep.Prepare(password, out var preparation);
        if (preparation == SaslPrepOutcome.NormalizationUnavailable)
            throw new PlatformNotSupportedException("The password needs Unicode normalisation; globalization-invariant mode has none.");
        using var keys = ScramKeys.Derive(prepared, salt, iterations);
        CryptographicOperations.ZeroMemory(prepared);
        return new ScramSecret(iterations, salt.ToArray(), keys.StoredKey.ToArray(), keys.ServerKey.ToArray());
    }

    /// <summary>Reads the stored form.</summary>
    /// <returns><see langword="false"/> if <paramref name="text"/> is anything else.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ScramSecret? secret)
    {
        secret = null;
        if (text is null || text.Length > MaxTextLength || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;

        var halves = text[Prefix.Length..].Split('$');
        if (halves.Length != 2)
            return false;
        var derivation = halves[0].Split(':');
        var keys = halves[1].Split(':');
        if (derivation.Length != 2
            || keys.Length != 2
            || !ScramText.TryReadPositive(Encoding.UTF8.GetBytes(derivation[0]), out var iterations)
            || !ScramText.TryDecodeBase64(Encoding.UTF8.GetBytes(derivation[1]), ScramClient.MaxSaltLength, out var salt)
            || salt.Length == 0
            || !ScramText.TryDecodeBase64(Encoding.UTF8.GetBytes(keys[0]), ScramKeys.KeyLength, out var storedKey)
            || storedKey.Length != ScramKeys.KeyLength
            || !ScramText.TryDecodeBase64(Encoding.UTF8.GetBytes(keys[1]), ScramKeys.KeyLength, out var serverKey)
            || serverKey.Length != ScramKeys.KeyLength)
            return false;

        secret = new ScramSecret(iterations, salt, storedKey, serverKey);
        return true;
    }

    /// <summary>The stored form. A secret: <see cref="object.ToString"/> does not show it.</summary>
    public string Format()
        => new StringBuilder(Prefix)
            .Append(Iterations.ToString(CultureInfo.InvariantCulture)).Append(':').AppendBase64(Salt)
            .Append('$').AppendBase64(StoredKey).Append(':').AppendBase64(ServerKey)
            .ToString();
}
