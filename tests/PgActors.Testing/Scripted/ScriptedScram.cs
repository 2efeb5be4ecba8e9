using PgActors.Protocol;

namespace PgActors.Testing;

/// <summary>One SCRAM exchange as a scripted server runs it, honest or not. An immutable value; fixed salt and nonce, so that the bytes
/// repeat.</summary>
/// <param name="Password">The role's password.</param>
public sealed record ScriptedScram(string Password)
{
    /// <summary>The salt, 1 to 1024 bytes.</summary>
    public WireArray<byte> Salt { get; init; } = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];

    /// <summary>Rounds of PBKDF2, at least 1; PostgreSQL's default.</summary>
    public int Iterations { get; init; } = 4096;

    /// <summary>What the server adds to the client's nonce.</summary>
    public string ServerNonce { get; init; } = "c2NyaXB0ZWQtc2VydmVyLW5v";

    /// <summary>The <c>tls-server-end-point</c> hash of the server's certificate; empty for no SCRAM-SHA-256-PLUS.</summary>
    public WireArray<byte> ChannelBindingData { get; init; }

    /// <summary>The mechanisms to offer; <see langword="null"/> for those that the server can do.</summary>
    public IReadOnlyList<string>? Mechanisms { get; init; }

    /// <summary>Changes the server-first-message (<c>r=…,s=…,i=…</c>) on its way out: another nonce, salt or number of
    /// iterations.</summary>
    public Func<string, string>? TamperFirst { get; init; }

    /// <summary>Changes the server-final-message (<c>v=…</c>) on its way out: a wrong signature.</summary>
    public Func<string, string>? TamperFinal { get; init; }

    /// <summary>Whether AuthenticationOk comes without the AuthenticationSASLFinal that proves the server.</summary>
    public bool OmitsFinal { get; init; }
}
