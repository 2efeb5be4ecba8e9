using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace PgActors.Authentication;

/// <summary>The answer to AuthenticationMD5Password. Pure and thread-safe.</summary>
public static class Md5Password
{
    /// <summary>Bytes of the salt that the server sends (PostgreSQL documentation, "Message Formats", AuthenticationMD5Password).</summary>
    public const int SaltLength = 4;

    private const int HexDigestLength = 2 * MD5.HashSizeInBytes;

    /// <summary>Computes <c>"md5" + hex(md5(hex(md5(password ‖ user)) ‖ salt))</c>.</summary>
    /// <param name="user">The user name that the StartupMessage named, in the bytes that were sent.</param>
    /// <param name="password">The password's bytes, never prepared by SASLprep.</param>
    /// <param name="salt">The server's four bytes.</param>
    /// <returns>35 ASCII bytes, without a NUL. A guess at the password can be checked against them: wipe them.</returns>
    [SuppressMessage("Security", "CA5351", Justification = "The server chose md5; the policy decides whether it is answered at all.")]
    public static byte[] Compute(ReadOnlySpan<byte> user, ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt)
    {
        Span<byte> digest = stackalloc byte[MD5.HashSizeInBytes];
        var inner = new byte[password.Length + user.Length];
        Span<byte> outer = stackalloc byte[HexDigestLength + salt.Length];
        try
        {
            password.CopyTo(inner);
            user.CopyTo(inner.AsSpan(password.Length));
            MD5.HashData(inner, digest);

            Convert.TryToHexStringLower(digest, outer, out _);
            salt.CopyTo(outer[HexDigestLength..]);
            MD5.HashData(outer, digest);

            var answer = new byte["md5".Length + HexDigestLength];
            "md5"u8.CopyTo(answer);
            Convert.TryToHexStringLower(digest, answer.AsSpan("md5".Length), out _);
            return answer;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(inner);
            CryptographicOperations.ZeroMemory(outer);
        }
    }

    /// <summary>Computes the answer for a user name and password given as text, encoded in UTF-8.</summary>
    /// <param name="user">The user name that the StartupMessage named.</param>
    /// <param name="password">The password.</param>
    /// <param name="salt">The server's four bytes.</param>
    /// <returns>35 ASCII bytes, without a NUL.</returns>
    public static byte[] Compute(string user, string password, ReadOnlySpan<byte> salt)
        => Compute(Encoding.UTF8.GetBytes(user), Encoding.UTF8.GetBytes(password), salt);
}
