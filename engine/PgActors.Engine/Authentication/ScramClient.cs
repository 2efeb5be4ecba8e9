using System.Security.Cryptography;
using System.Text;

namespace PgActors.Authentication;

/// <summary>
/// The client's side of one SCRAM-SHA-256 or SCRAM-SHA-256-PLUS exchange (RFC 5802, RFC 7677; PostgreSQL documentation, "SASL
/// Authentication"), in steps, so that the slow derivation of keys can run elsewhere: <see cref="ClientFirst"/>,
/// <see cref="OnServerFirst"/>, <see cref="ScramKeys.Derive"/>, <see cref="ClientFinal"/>, <see cref="OnServerFinal"/>.
/// </summary>
/// <remarks>
/// Pure: no clock, randomness or socket. Not thread-safe. Whatever the server sends, no method throws for it; calling the client's own
/// steps out of order is the caller's bug and throws <see cref="InvalidOperationException"/>.
/// </remarks>
public sealed class ScramClient
{
    /// <summary>The default cap on iterations. PostgreSQL's default is 4096; a hostile server may ask for 2³¹-1 to burn the client's
    /// CPU.</summary>
    public const int DefaultMaxIterations = 100_000;

    /// <summary>The longest salt accepted, in bytes. PostgreSQL's have 16.</summary>
    public const int MaxSaltLength = 1024;

    /// <summary>The longest server message accepted, in bytes: room for the longest nonce and salt, and for extensions.</summary>
    public const int MaxMessageLength = 4096;

    private readonly string _gs2Header;
    private readonly string _clientNonce;
    private readonly string _clientFirstBare;
    private readonly byte[] _channelBindingData;
    private readonly int _maxIterations;

    private byte[] _serverFirst = [];
    private string _nonce = "";
    private byte[] _salt = [];
    private byte[] _expectedSignature = [];

    /// <summary>Begins an exchange.</summary>
    /// <param name="flag">What to say of channel binding; <see cref="ChannelBindingFlag.Bound"/> is SCRAM-SHA-256-PLUS.</param>
    /// <param name="clientNonce">Printable ASCII without a comma, fresh for every exchange: at least 18 random bytes in base64.</param>
    /// <param name="channelBindingData">The <c>tls-server-end-point</c> hash when <paramref name="flag"/> is
    /// <see cref="ChannelBindingFlag.Bound"/>, else empty. Copied.</param>
    /// <param name="userName">The user name to put into the exchange. PostgreSQL ignores it and takes the one of the StartupMessage, so it
    /// is empty by default, as in libpq.</param>
    /// <param name="maxIterations">The most iterations accepted, at least 1.</param>
    /// <exception cref="ArgumentException">The nonce is not one, or binding data and flag do not fit together.</exception>
    public ScramClient(
        ChannelBindingFlag flag,
        string clientNonce,
        ReadOnlySpan<byte> channelBindingData = default,
        string userName = "",
        int maxIterations = DefaultMaxIterations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxIterations, 1);
        if (!ScramText.IsNonce(Encoding.UTF8.GetBytes(clientNonce)))
            throw new ArgumentException("A SCRAM nonce is printable ASCII without a comma, at most 1 KiB.", nameof(clientNonce));
        if ((flag == ChannelBindingFlag.Bound) == channelBindingData.IsEmpty)
            throw new ArgumentException("Channel binding data goes with a bound exchange, and only with that.", nameof(channelBindingData));

        Flag = flag;
        _gs2Header = Gs2Header.For(flag);
        _clientNonce = clientNonce;
        _clientFirstBare = "n=" + userName.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal)
            + ",r=" + clientNonce;
        _channelBindingData = channelBindingData.ToArray();
        _maxIterations = maxIterations;
    }

    /// <summary>Where the exchange stands.</summary>
    public ScramClientPhase Phase { get; private set; }

    /// <summary>What the client says of channel binding.</summary>
    public ChannelBindingFlag Flag { get; }

    /// <summary>The mechanism that goes with <see cref="Flag"/>.</summary>
    public SaslMechanism Mechanism => Flag == ChannelBindingFlag.Bound ? SaslMechanism.ScramSha256Plus : SaslMechanism.ScramSha256;

    /// <summary>Whether the server proved that it knows the password. Before that, an AuthenticationOk is worth nothing.</summary>
    public bool IsServerVerified => Phase == ScramClientPhase.Verified;

    /// <summary>The salt to derive the keys with; empty until <see cref="OnServerFirst"/> accepted it. Not to be changed.</summary>
    public byte[] Salt => _salt;

    /// <summary>The iterations to derive the keys with; 0 until <see cref="OnServerFirst"/> accepted them.</summary>
    public int Iterations { get; private set; }

    /// <summary>The client-first-message, for SASLInitialResponse.</summary>
    /// <exception cref="InvalidOperationException">It was taken already.</exception>
    public byte[] ClientFirst()
    {
        Demand(ScramClientPhase.Initial);
        Phase = ScramClientPhase.AwaitingServerFirst;
        return Encoding.UTF8.GetBytes(_gs2Header + _clientFirstBare);
    }

    /// <summary>Takes the server-first-message, from AuthenticationSASLContinue.</summary>
    /// <returns>Accepted: <see cref="Salt"/> and <see cref="Iterations"/> are there. Otherwise the exchange is over.</returns>
    public ScramResult OnServerFirst(ReadOnlySpan<byte> message) => Phase switch
    {
        ScramClientPhase.AwaitingServerFirst => AcceptServerFirst(message),
        ScramClientPhase.Initial => Unexpected("server-first-message"),
        ScramClientPhase.AwaitingKeys => Unexpected("server-first-message"),
        ScramClientPhase.AwaitingServerFinal => Unexpected("server-first-message"),
        ScramClientPhase.Verified => Unexpected("server-first-message"),
        ScramClientPhase.Failed => Unexpected("server-first-message"),
    };

    /// <summary>The client-final-message, for SASLResponse. The keys are only read; they stay the caller's.</summary>
    /// <param name="keys">The keys for <see cref="Salt"/> and <see cref="Iterations"/>.</param>
    /// <exception cref="InvalidOperationException">No server-first-message was accepted, or this one was taken already.</exception>
    public byte[] ClientFinal(ScramKeys keys)
    {
        Demand(ScramClientPhase.AwaitingKeys);
        var header = Encoding.ASCII.GetBytes(_gs2Header);
        var withoutProof = new StringBuilder("c=")
            .AppendBase64([.. header, .. _channelBindingData])
            .Append(",r=").Append(_nonce)
            .ToString();
        byte[] authMessage =
        [
            .. Encoding.UTF8.GetBytes(_clientFirstBare), (byte)',', .. _serverFirst, (byte)',', .. Encoding.ASCII.GetBytes(withoutProof),
        ];

        Span<byte> proof = stackalloc byte[ScramKeys.KeyLength];
        ScramProof.Compute(keys.ClientKey, keys.StoredKey, authMessage, proof);
        _expectedSignature = HMACSHA256.HashData(keys.ServerKey, authMessage);
        Phase = ScramClientPhase.AwaitingServerFinal;
        return Encoding.ASCII.GetBytes(new StringBuilder(withoutProof).Append(",p=").AppendBase64(proof).ToString());
    }

    /// <summary>Takes the server-final-message, from AuthenticationSASLFinal.</summary>
    /// <returns>Accepted: the server knows the password. Otherwise the exchange is over.</returns>
    public ScramResult OnServerFinal(ReadOnlySpan<byte> message) => Phase switch
    {
        ScramClientPhase.AwaitingServerFinal => AcceptServerFinal(message),
        ScramClientPhase.Initial => Unexpected("server-final-message"),
        ScramClientPhase.AwaitingServerFirst => Unexpected("server-final-message"),
        ScramClientPhase.AwaitingKeys => Unexpected("server-final-message"),
        ScramClientPhase.Verified => Unexpected("server-final-message"),
        ScramClientPhase.Failed => Unexpected("server-final-message"),
    };

    private ScramResult AcceptServerFirst(ReadOnlySpan<byte> message)
    {
        var attributes = new ScramAttributeReader(message);
        if (message.Length > MaxMessageLength)
            return Fail(ScramFailure.Malformed, "The server's first SCRAM message is too long.");
        if (attributes.NextName == ScramAttributeReader.MandatoryExtension)
            return Fail(ScramFailure.MandatoryExtension, "The server demands a SCRAM extension that no RFC defines.");
        if (!attributes.TryRead('r', out var nonce)
            || !attributes.TryRead('s', out var saltText)
            || !attributes.TryRead('i', out var iterationsText)
            || !attributes.TrySkipExtensions())
            return Fail(ScramFailure.Malformed, "The server's first SCRAM message is not \"r=…,s=…,i=…\".");

        if (!ScramText.IsNonce(nonce))
            return Fail(ScramFailure.NonceInvalid, "The server's SCRAM nonce has characters that are not allowed, or is too long.");
        var nonceText = Encoding.ASCII.GetString(nonce);
        if (!nonceText.StartsWith(_clientNonce, StringComparison.Ordinal))
            return Fail(ScramFailure.NonceInvalid, "The server's SCRAM nonce does not begin with the client's.");
        if (nonceText.Length == _clientNonce.Length)
            return Fail(ScramFailure.NonceNotExtended, "The server added nothing to the client's SCRAM nonce.");
        if (!ScramText.TryDecodeBase64(saltText, MaxSaltLength, out var salt) || salt.Length == 0)
            return Fail(ScramFailure.SaltInvalid, $"The server's SCRAM salt is not base64 of 1 to {MaxSaltLength} bytes.");
        if (!ScramText.TryReadPositive(iterationsText, out var iterations))
            return Fail(ScramFailure.IterationsInvalid, "The server's SCRAM iteration count is not a positive number.");
        if (iterations > _maxIterations)
        {
            return Fail(
                ScramFailure.TooManyIterations,
                $"The server asks for {iterations:N0} SCRAM iterations; this client does at most {_maxIterations:N0}. "
                    + "If the server can be trusted, raise the client's limit; or set the role's password with fewer scram_iterations.");
        }

        _nonce = nonceText;
        _serverFirst = message.ToArray();
        _salt = salt;
        Iterations = iterations;
        Phase = ScramClientPhase.AwaitingKeys;
        return ScramResult.Accepted;
    }

    private ScramResult AcceptServerFinal(ReadOnlySpan<byte> message)
    {
        var attributes = new ScramAttributeReader(message);
        if (message.Length > MaxMessageLength || !attributes.TryRead(out var name, out var value) || !attributes.TrySkipExtensions())
            return Fail(ScramFailure.Malformed, "The server's final SCRAM message is not \"v=…\".");
        if (name == (byte)'e')
            return Fail(ScramFailure.ServerError, $"The server ended the SCRAM exchange: {ScramText.Quote(value)}.");
        if (name != (byte)'v' || !ScramText.TryDecodeBase64(value, ScramKeys.KeyLength, out var signature)
            || signature.Length != ScramKeys.KeyLength)
            return Fail(ScramFailure.Malformed, "The server's final SCRAM message has no signature of 32 bytes.");

        var isGenuine = CryptographicOperations.FixedTimeEquals(signature, _expectedSignature);
        CryptographicOperations.ZeroMemory(_expectedSignature);
        if (!isGenuine)
            return Fail(ScramFailure.SignatureMismatch, "The server's SCRAM signature is wrong: it does not know the password.");
        Phase = ScramClientPhase.Verified;
        return ScramResult.Accepted;
    }

    private ScramResult Unexpected(string what) => Fail(ScramFailure.OutOfOrder, $"A SCRAM {what} came out of order.");

    private ScramResult Fail(ScramFailure failure, string message)
    {
        Phase = ScramClientPhase.Failed;
        return new ScramResult(failure, message);
    }

    private void Demand(ScramClientPhase phase)
    {
        if (Phase != phase)
            throw new InvalidOperationException($"This step belongs to {phase}; the SCRAM exchange is in {Phase}.");
    }
}
