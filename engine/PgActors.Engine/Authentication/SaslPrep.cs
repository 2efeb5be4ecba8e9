using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace PgActors.Authentication;

/// <summary>
/// SASLprep (RFC 4013) as PostgreSQL does it to passwords, bit for bit, since server and client must derive the same key. Pure and
/// thread-safe.
/// </summary>
/// <remarks>
/// Two things differ from the RFC. A password that SASLprep forbids is no error: its raw bytes are used. And the prohibited, unassigned and
/// bidirectional checks look at the mapped string before normalisation, while the result is the normalised one (PostgreSQL's
/// <c>pg_saslprep</c> checks its <c>input_chars</c>).
/// </remarks>
public static class SaslPrep
{
    /// <summary>Prepares a password for SCRAM.</summary>
    /// <param name="password">The password in UTF-8, or in whatever bytes the user gave.</param>
    /// <param name="outcome">What was done.</param>
    /// <returns>A fresh array that holds a secret; the caller may wipe it.</returns>
    public static byte[] Prepare(ReadOnlySpan<byte> password, out SaslPrepOutcome outcome)
    {
        if (Ascii.IsValid(password))
        {
            outcome = SaslPrepOutcome.Ascii;
            return password.ToArray();
        }

        if (!Utf8.IsValid(password))
        {
            outcome = SaslPrepOutcome.Raw;
            return password.ToArray();
        }

        // UTF-16 never takes more code units than UTF-8 takes bytes, and mapping only shrinks.
        var mapped = new char[password.Length];
        try
        {
            var length = Map(password, mapped);
            if (length == 0 || !IsAllowed(mapped.AsSpan(0, length)))
            {
                outcome = SaslPrepOutcome.Raw;
                return password.ToArray();
            }

            if (TryNormalize(mapped.AsSpan(0, length), out var prepared))
            {
                outcome = SaslPrepOutcome.Prepared;
                return prepared;
            }

            outcome = SaslPrepOutcome.NormalizationUnavailable;
            return password.ToArray();
        }
        finally
        {
            Wipe(mapped);
        }
    }

    private static int Map(ReadOnlySpan<byte> utf8, Span<char> mapped)
    {
        var length = 0;
        while (Rune.DecodeFromUtf8(utf8, out var rune, out var consumed) == OperationStatus.Done)
        {
            utf8 = utf8[consumed..];
            if (SaslPrepTables.Contains(SaslPrepTables.NonAsciiSpace, rune.Value))
                mapped[length++] = ' ';
            else if (!SaslPrepTables.Contains(SaslPrepTables.MappedToNothing, rune.Value))
                length += rune.EncodeToUtf16(mapped[length..]);
        }

        return length;
    }

    private static bool IsAllowed(ReadOnlySpan<char> mapped)
    {
        var hasRightToLeft = false;
        var hasLeftToRight = false;
        var startsRightToLeft = false;
        var endsRightToLeft = false;
        var isFirst = true;
        foreach (var rune in mapped.EnumerateRunes())
        {
            if (SaslPrepTables.Contains(SaslPrepTables.Prohibited, rune.Value)
                || SaslPrepTables.Contains(SaslPrepTables.Unassigned, rune.Value))
                return false;

            endsRightToLeft = SaslPrepTables.Contains(SaslPrepTables.RightToLeft, rune.Value);
            startsRightToLeft |= isFirst && endsRightToLeft;
            hasRightToLeft |= endsRightToLeft;
            hasLeftToRight |= SaslPrepTables.Contains(SaslPrepTables.LeftToRight, rune.Value);
            isFirst = false;
        }

        // RFC 3454 section 6: right-to-left text stands alone, and both ends of it are right-to-left.
        return !hasRightToLeft || (!hasLeftToRight && startsRightToLeft && endsRightToLeft);
    }

    private static bool TryNormalize(ReadOnlySpan<char> mapped, out byte[] utf8)
    {
        utf8 = [];
        if (!CanNormalize())
            return false;

        var normalized = new char[mapped.GetNormalizedLength(NormalizationForm.FormKC)];
        try
        {
            if (!mapped.TryNormalize(normalized, out var written, NormalizationForm.FormKC))
                return false;
            utf8 = new byte[Encoding.UTF8.GetByteCount(normalized, 0, written)];
            Encoding.UTF8.GetBytes(normalized, 0, written, utf8, 0);
            return true;
        }
        finally
        {
            Wipe(normalized);
        }
    }

    // In globalization-invariant mode .NET leaves text as it is or throws, by version; a character with a known mapping tells.
    private static bool CanNormalize()
    {
        try
        {
            return "\u2168".Normalize(NormalizationForm.FormKC) == "IX";
        }
        catch (PlatformNotSupportedException)
        {
            return false;
        }
    }

    private static void Wipe(char[] secret) => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(secret.AsSpan()));
}
