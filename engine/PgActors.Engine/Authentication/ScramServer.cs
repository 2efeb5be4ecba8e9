using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PgActors.Authentication;

/// <summary>
/// The server's side of one SCRAM-SHA-256 or SCRAM-SHA-256-PLUS exchange, with PostgreSQL's rules: the user name is ignored, an
/// authorisation identity and mandatory extensions are refused, and a client that saw no offer of channel binding where there was one is
/// turned away (RFC 5802 section 6).
/// </summary>
/// <remarks>Pure: no clock, randomness or socket. Not thread-safe. No method throws for what the client sends.</remarks>
public sealed class ScramServer
{
    /// <summary>The longest client message accepted, in bytes (PostgreSQL's PG_MAX_SASL_MESSAGE_LENGTH).</summary>
    public const int MaxMessageLength = 1024;

    private readonly ScramSecret _secret;
    private readonly string _serverNonce;
    private readonly byte[] _channelBindingData;

    private string _gs2Header = "";
    private byte[] _clientFirstBare = [];
    private string _serverFirst = "";
    private string _nonce = "";
    private bool _isBound;

    /// <summary>Begins an exchange.</summary>
    /// <param name="secret">What is kept of the role's password.</param>
    /// <param name="serverNonce">Printable ASCII without a comma, fresh for every exchange: 18 random bytes in base64, say.</param>
    /// <param name="channelBindingData">The <c>tls-server-end-point</c> hash of the server's own certificate when PLUS was offered, else
    /// empty. Copied.</param>
    /// <exception cref="ArgumentException">The nonce is not one.</exception>
    public ScramServer(ScramSecret secret, string serverNonce, ReadOnlySpan<byte> channelBindingData = default)
    {
        if (!ScramText.IsNonce(Encoding.UTF8.GetBytes(serverNonce)))
            throw new ArgumentException("A SCRAM nonce is printable ASCII without a comma, at most 1 KiB.", nameof(serverNonce));
        _secret = secret;
        _serverNonce = serverNonce;
        _channelBindingData = channelBindingData.ToArray();
    }

    /// <summary>Where the exchange stands.</summary>
    public ScramServerPhase Phase { get; private set; }

    /// <summary>Whether the client proved that it knows the password.</summary>
    public bool IsClientVerified => Phase == ScramServerPhase.Verified;

    /// <summary>The mechanisms to offer in AuthenticationSASL, in order of preference.</summary>
    public IReadOnlyList<string> Mechanisms => _channelBindingData.Length == 0
        ? [SaslMechanismNames.ScramSha256]
        : [SaslMechanismNames.ScramSha256Plus, SaslMechanismNames.ScramSha256];

    /// <summary>Takes the client-first-message, from SASLInitialResponse.</summary>
    /// <param name="mechanism">The mechanism that the client chose.</param>
    /// <param name="message">The message.</param>
    /// <param name="serverFirst">The answer, for AuthenticationSASLContinue; empty if refused.</param>
    public ScramResult OnClientFirst(string mechanism, ReadOnlySpan<byte> message, out byte[] serverFirst)
    {
        var result = Phase switch
        {
            ScramServerPhase.AwaitingClientFirst => AcceptClientFirst(mechanism, message),
            ScramServerPhase.AwaitingClientFinal => Unexpected("client-first-message"),
            ScramServerPhase.Verified => Unexpected("client-first-message"),
            ScramServerPhase.Failed => Unexpected("client-first-message"),
        };
        serverFirst = result.IsAccepted ? Encoding.ASCII.GetBytes(_serverFirst) : [];
        return result;
    }

    /// <summary>Takes the client-final-message, from SASLResponse.</summary>
    /// <param name="message">The message.</param>
    /// <param name="serverFinal">The answer, for AuthenticationSASLFinal; empty if refused.</param>
    public ScramResult OnClientFinal(ReadOnlySpan<byte> message, out byte[] serverFinal)
    {
        serverFinal = [];
        return Phase switch
        {
            ScramServerPhase.AwaitingClientFinal => AcceptClientFinal(message, out serverFinal),
            ScramServerPhase.AwaitingClientFirst => Unexpected("client-final-message"),
            ScramServerPhase.Verified => Unexpected("client-final-message"),
            ScramServerPhase.Failed => Unexpected("client-final-message"),
        };
    }

    private ScramResult AcceptClientFirst(string mechanism, ReadOnlySpan<byte> message)
    {
        if (message.Length > MaxMessageLength)
            return Fail(ScramFailure.Malformed, "The client's first SCRAM message is too long.");
        if (mechanism != SaslMechanismNames.ScramSha256 && mechanism != SaslMechanismNames.ScramSha256Plus)
            return Fail(ScramFailure.Malformed, "The client chose a mechanism that was not offered.");

        // gs2-header = cbind-flag "," [authzid] "," and PostgreSQL takes no authzid, so a good header ends at the first ",,".
        var headerLength = message.IndexOf(",,"u8) + 2;
        if (headerLength < 3 || message[..(headerLength - 2)].Contains((byte)','))
            return Fail(ScramFailure.Malformed, "The client's first SCRAM message has no valid gs2-header.");
        var header = Encoding.UTF8.GetString(message[..headerLength]);
        var binding = CheckBinding(header, isPlus: mechanism == SaslMechanismNames.ScramSha256Plus);
        if (!binding.IsAccepted)
            return binding;

        var bare = message[headerLength..];
        var attributes = new ScramAttributeReader(bare);
        if (attributes.NextName == ScramAttributeReader.MandatoryExtension)
            return Fail(ScramFailure.MandatoryExtension, "The client demands a SCRAM extension that no RFC defines.");
        if (!attributes.TryRead('n', out _) || !attributes.TryRead('r', out var nonce) || !attributes.TrySkipExtensions())
            return Fail(ScramFailure.Malformed, "The client's first SCRAM message is not \"n=…,r=…\".");
        if (!ScramText.IsNonce(nonce))
            return Fail(ScramFailure.NonceInvalid, "The client's SCRAM nonce has characters that are not allowed, or is too long.");

        _gs2Header = header;
        _clientFirstBare = bare.ToArray();
        _nonce = Encoding.ASCII.GetString(nonce) + _serverNonce;
        _serverFirst = new StringBuilder("r=").Append(_nonce)
            .Append(",s=").AppendBase64(_secret.Salt)
            .Append(",i=").Append(_secret.Iterations.ToString(CultureInfo.InvariantCulture))
            .ToString();
        Phase = ScramServerPhase.AwaitingClientFinal;
        return ScramResult.Accepted;
    }

    private ScramResult CheckBinding(string header, bool isPlus)
    {
        var isOffered = _channelBindingData.Length > 0;
        if (header == Gs2Header.For(ChannelBindingFlag.Bound))
        {
            if (!isPlus || !isOffered)
                return Fail(ScramFailure.ChannelBindingMismatch, "The client binds to a channel without SCRAM-SHA-256-PLUS.");
            _isBound = true;
            return ScramResult.Accepted;
        }

        if (isPlus)
            return Fail(ScramFailure.ChannelBindingMismatch, "SCRAM-SHA-256-PLUS needs channel binding of type tls-server-end-point.");
        if (header == Gs2Header.For(ChannelBindingFlag.NotOffered))
        {
            return isOffered
                ? Fail(ScramFailure.ChannelBindingMismatch, "The client saw no offer of channel binding, but there was one.")
                : ScramResult.Accepted;
        }

        return header == Gs2Header.For(ChannelBindingFlag.NotSupported)
            ? ScramResult.Accepted
            : Fail(ScramFailure.Malformed, "The client's first SCRAM message has no valid gs2-header.");
    }

    private ScramResult AcceptClientFinal(ReadOnlySpan<byte> message, out byte[] serverFinal)
    {
        serverFinal = [];
        if (message.Length > MaxMessageLength)
            return Fail(ScramFailure.Malformed, "The client's final SCRAM message is too long.");

        // The proof comes last, and everything before it is signed.
        var attributes = new ScramAttributeReader(message);
        var proofStart = message.LastIndexOf(",p="u8);
        if (proofStart < 0
            || !attributes.TryRead('c', out var binding)
            || !attributes.TryRead('r', out var nonce)
            || !attributes.TrySkipExtensions())
            return Fail(ScramFailure.Malformed, "The client's final SCRAM message is not \"c=…,r=…,p=…\".");
        if (!ScramText.TryDecodeBase64(message[(proofStart + 3)..], ScramKeys.KeyLength, out var proof)
            || proof.Length != ScramKeys.KeyLength)
            return Fail(ScramFailure.Malformed, "The client's SCRAM proof does not have 32 bytes.");

        byte[] expectedBinding = [.. Encoding.ASCII.GetBytes(_gs2Header), .. _isBound ? _channelBindingData : []];
        if (!ScramText.TryDecodeBase64(binding, MaxMessageLength, out var bindingData)
            || !CryptographicOperations.FixedTimeEquals(bindingData, expectedBinding))
            return Fail(ScramFailure.ChannelBindingMismatch, "The client's channel binding is not that of this channel.");
        if (!nonce.SequenceEqual(Encoding.ASCII.GetBytes(_nonce)))
            return Fail(ScramFailure.NonceInvalid, "The client's final SCRAM message repeats another nonce.");

        byte[] authMessage =
        [
            .. _clientFirstBare, (byte)',', .. Encoding.ASCII.GetBytes(_serverFirst), (byte)',', .. message[..proofStart],
        ];
        Span<byte> clientKey = stackalloc byte[ScramKeys.KeyLength];
        Span<byte> storedKey = stackalloc byte[ScramKeys.KeyLength];
        ScramProof.Compute(proof, _secret.StoredKey, authMessage, clientKey);
        SHA256.HashData(clientKey, storedKey);
        CryptographicOperations.ZeroMemory(clientKey);
        if (!CryptographicOperations.FixedTimeEquals(storedKey, _secret.StoredKey))
            return Fail(ScramFailure.ProofMismatch, "The client's SCRAM proof is wrong: it does not know the password.");

        serverFinal = Encoding.ASCII.GetBytes(
            new StringBuilder("v=").AppendBase64(HMACSHA256.HashData(_secret.ServerKey, authMessage)).ToString());
        Phase = ScramServerPhase.Verified;
        return ScramResult.Accepted;
    }

    private ScramResult Unexpected(string what) => Fail(ScramFailure.OutOfOrder, $"A SCRAM {what} came out of order.");

    private ScramResult Fail(ScramFailure failure, string message)
    {
        Phase = ScramServerPhase.Failed;
        return new ScramResult(failure, message);
    }
}
