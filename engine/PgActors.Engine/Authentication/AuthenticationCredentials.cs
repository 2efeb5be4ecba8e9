using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PgActors.Authentication;

/// <summary>Who the client says it is, and what it can prove that with. Shows no secret in <see cref="ToString"/>.</summary>
/// <remarks>Immutable and thread-safe until <see cref="Dispose"/>.</remarks>
public sealed class AuthenticationCredentials : IDisposable
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _user;
    private readonly byte[] _password;
    private readonly byte[] _preparedPassword;
    private bool _isWiped;

    /// <summary>Takes a password as text.</summary>
    /// <param name="user">The user name of the StartupMessage.</param>
    /// <param name="password">The password; <see langword="null"/> and empty mean that none was given, as in libpq.</param>
    /// <param name="scramKeys">SCRAM keys to use instead of the password (<c>scram_client_key</c>, <c>scram_server_key</c>). They stay the
    /// caller's.</param>
    /// <exception cref="ArgumentException">User or password has a NUL, which no message can carry, or is not valid Unicode.</exception>
    public AuthenticationCredentials(string user, string? password = null, ScramKeys? scramKeys = null)
        : this(user, Encode(password ?? "", nameof(password)), scramKeys)
    {
    }

    /// <summary>Takes a password as bytes, which need not be UTF-8.</summary>
    /// <param name="user">The user name of the StartupMessage.</param>
    /// <param name="password">The password's bytes; empty means that none was given. Copied.</param>
    /// <param name="scramKeys">SCRAM keys to use instead of the password. They stay the caller's.</param>
    /// <exception cref="ArgumentException">User or password has a NUL, or the user is not valid Unicode.</exception>
    public AuthenticationCredentials(string user, ReadOnlySpan<byte> password, ScramKeys? scramKeys = null)
        : this(user, RefuseNul(password.ToArray(), nameof(password)), scramKeys)
    {
    }

    private AuthenticationCredentials(string user, byte[] ownedPassword, ScramKeys? scramKeys)
    {
        _user = Encode(user, nameof(user));
        User = user;
        ScramKeys = scramKeys;
        _password = ownedPassword;
        _preparedPassword = SaslPrep.Prepare(ownedPassword, out var preparation);
        Preparation = preparation;
    }

    /// <summary>The user name.</summary>
    public string User { get; }

    /// <summary>Whether there is a password.</summary>
    public bool HasPassword => _password.Length > 0;

    /// <summary>Keys to use instead of the password in SCRAM.</summary>
    public ScramKeys? ScramKeys { get; }

    /// <summary>What SASLprep did to the password.</summary>
    public SaslPrepOutcome Preparation { get; }

    /// <summary>Derives the SCRAM keys of the password; slow, see <see cref="Authentication.ScramKeys.Derive"/>.</summary>
    /// <param name="salt">The salt of a <see cref="AuthenticationEffectKind.DeriveKeys"/> effect.</param>
    /// <param name="iterations">Its iterations.</param>
    /// <returns>Keys that the caller wipes, or keeps under their <see cref="ScramFingerprint"/>.</returns>
    /// <exception cref="ObjectDisposedException">The credentials were wiped.</exception>
    public ScramKeys DeriveScramKeys(ReadOnlySpan<byte> salt, int iterations)
    {
        ObjectDisposedException.ThrowIf(_isWiped, this);
        return Authentication.ScramKeys.Derive(_preparedPassword, salt, iterations);
    }

    /// <summary>A name for the keys that <see cref="DeriveScramKeys"/> would derive, from which nothing can be learnt without the secret:
    /// HMAC-SHA-256 of the iterations, the salt's length, the salt and the password.</summary>
    /// <param name="secret">Random bytes that never leave the process.</param>
    /// <param name="salt">The salt.</param>
    /// <param name="iterations">The iterations.</param>
    /// <exception cref="ObjectDisposedException">The credentials were wiped.</exception>
    public byte[] ScramFingerprint(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> salt, int iterations)
    {
        ObjectDisposedException.ThrowIf(_isWiped, this);
        Span<byte> numbers = stackalloc byte[2 * sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(numbers, iterations);
        BinaryPrimitives.WriteInt32BigEndian(numbers[sizeof(int)..], salt.Length);
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hash.AppendData(numbers);
        hash.AppendData(salt);
        hash.AppendData(_preparedPassword);
        return hash.GetHashAndReset();
    }

    /// <summary>The user name, and of the secrets only whether they are there.</summary>
    public override string ToString()
        => $"{User} ({(HasPassword ? "password" : "no password")}{(ScramKeys is null ? "" : ", SCRAM keys")})";

    /// <summary>Overwrites the password. Nobody may be using it.</summary>
    public void Dispose()
    {
        _isWiped = true;
        CryptographicOperations.ZeroMemory(_password);
        CryptographicOperations.ZeroMemory(_preparedPassword);
    }

    /// <summary>The password's bytes, for a PasswordMessage. The receiver wipes them.</summary>
    internal byte[] ToCleartextResponse()
    {
        ObjectDisposedException.ThrowIf(_isWiped, this);
        return [.. _password];
    }

    /// <summary>The MD5 answer, for a PasswordMessage. The receiver wipes it.</summary>
    internal byte[] ToMd5Response(ReadOnlySpan<byte> salt)
    {
        ObjectDisposedException.ThrowIf(_isWiped, this);
        return Md5Password.Compute(_user, _password, salt);
    }

    private static byte[] Encode(string text, string parameter)
    {
        try
        {
            return RefuseNul(StrictUtf8.GetBytes(text), parameter);
        }
        catch (EncoderFallbackException)
        {
            // The original exception names the offending character and its place: too much for a password.
            throw new ArgumentException($"The {parameter} is not valid Unicode: it has half of a surrogate pair.", parameter);
        }
    }

    private static byte[] RefuseNul(byte[] bytes, string parameter) => bytes.Contains((byte)0)
        ? throw new ArgumentException($"The {parameter} has a NUL, which no message can carry.", parameter)
        : bytes;
}
