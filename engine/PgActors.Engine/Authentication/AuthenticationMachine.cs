using System.Text;

namespace PgActors.Authentication;

/// <summary>
/// The part of start-up between the StartupMessage and AuthenticationOk (PostgreSQL documentation, "Start-up"): one method for each
/// authentication request, each answered with what to do.
/// </summary>
/// <remarks>
/// <para>Pure and not thread-safe. Whatever the server sends, no method throws for it. After a final effect the machine only says
/// <see cref="AuthenticationEffect.None"/>.</para>
/// <para>No endless rounds: no phase can be entered twice, so that a server gets at most four messages accepted (SASL, SASLContinue,
/// SASLFinal, Ok).</para>
/// <para>Stricter than libpq: an AuthenticationOk before the server's SCRAM signature was verified is always refused.</para>
/// </remarks>
public sealed class AuthenticationMachine
{
    /// <summary>The shortest client nonce taken, in characters: base64 of 18 random bytes, as much as libpq's.</summary>
    public const int MinNonceLength = 24;

    private readonly AuthenticationCredentials _credentials;
    private readonly AuthenticationPolicy _policy;
    private readonly AuthenticationChannel _channel;
    private readonly string _clientNonce;
    private readonly int _maxIterations;

    private ScramClient? _scram;

    /// <summary>Begins with the StartupMessage sent.</summary>
    /// <param name="credentials">User and password. They stay the caller's and must live as long as the machine.</param>
    /// <param name="policy">What the user accepts.</param>
    /// <param name="channel">The channel that the StartupMessage went over.</param>
    /// <param name="clientNonce">At least 18 random bytes in base64, fresh for this connection attempt.</param>
    /// <param name="maxScramIterations">The most SCRAM iterations accepted, at least 1.</param>
    /// <exception cref="ArgumentException">The nonce is too short or not a nonce.</exception>
    public AuthenticationMachine(
        AuthenticationCredentials credentials,
        AuthenticationPolicy policy,
        AuthenticationChannel channel,
        string clientNonce,
        int maxScramIterations = ScramClient.DefaultMaxIterations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxScramIterations, 1);
        if (clientNonce.Length < MinNonceLength || !ScramText.IsNonce(Encoding.UTF8.GetBytes(clientNonce)))
            throw new ArgumentException("A client nonce is base64 of 18 or more random bytes.", nameof(clientNonce));

        _credentials = credentials;
        _policy = policy;
        _channel = channel;
        _clientNonce = clientNonce;
        _maxIterations = maxScramIterations;
    }

    /// <summary>Where the machine stands.</summary>
    public AuthenticationPhase Phase { get; private set; }

    /// <summary>The method that the client answered; <see cref="AuthenticationMethods.NoChallenge"/> as long as it answered none.</summary>
    public AuthenticationMethods Method { get; private set; } = AuthenticationMethods.NoChallenge;

    /// <summary>Whether both sides proved themselves in an exchange that is bound to the TLS channel.</summary>
    public bool IsChannelBound => _scram is { IsServerVerified: true, Flag: ChannelBindingFlag.Bound };

    /// <summary>AuthenticationOk.</summary>
    public AuthenticationEffect OnOk() => Phase switch
    {
        AuthenticationPhase.AwaitingRequest => Complete(),
        AuthenticationPhase.PasswordSent => Complete(),
        AuthenticationPhase.AwaitingSaslContinue => RefuseUnproven(),
        AuthenticationPhase.DerivingKeys => RefuseUnproven(),
        AuthenticationPhase.AwaitingSaslFinal => RefuseUnproven(),
        AuthenticationPhase.SaslVerified => Complete(),
        AuthenticationPhase.Succeeded => Unexpected("AuthenticationOk"),
        AuthenticationPhase.Failed => AuthenticationEffect.None,
    };

    /// <summary>AuthenticationCleartextPassword.</summary>
    public AuthenticationEffect OnCleartextPassword() => IsFirstRequest("AuthenticationCleartextPassword", out var unexpected)
        ? AnswerCleartext()
        : unexpected;

    /// <summary>AuthenticationMD5Password.</summary>
    /// <param name="salt">The message's salt.</param>
    public AuthenticationEffect OnMd5Password(ReadOnlySpan<byte> salt) => IsFirstRequest("AuthenticationMD5Password", out var unexpected)
        ? AnswerMd5(salt)
        : unexpected;

    /// <summary>AuthenticationSASL.</summary>
    /// <param name="mechanisms">The mechanisms offered.</param>
    public AuthenticationEffect OnSasl(IReadOnlyList<string> mechanisms) => IsFirstRequest("AuthenticationSASL", out var unexpected)
        ? BeginSasl(mechanisms)
        : unexpected;

    /// <summary>AuthenticationSASLContinue.</summary>
    /// <param name="data">What follows the code.</param>
    public AuthenticationEffect OnSaslContinue(ReadOnlySpan<byte> data) => Phase switch
    {
        AuthenticationPhase.AwaitingSaslContinue => ContinueSasl(data),
        AuthenticationPhase.AwaitingRequest => Unexpected("AuthenticationSASLContinue"),
        AuthenticationPhase.PasswordSent => Unexpected("AuthenticationSASLContinue"),
        AuthenticationPhase.DerivingKeys => Unexpected("AuthenticationSASLContinue"),
        AuthenticationPhase.AwaitingSaslFinal => Unexpected("AuthenticationSASLContinue"),
        AuthenticationPhase.SaslVerified => Unexpected("AuthenticationSASLContinue"),
        AuthenticationPhase.Succeeded => Unexpected("AuthenticationSASLContinue"),
        AuthenticationPhase.Failed => AuthenticationEffect.None,
    };

    /// <summary>The keys that a <see cref="AuthenticationEffectKind.DeriveKeys"/> effect asked for. They are only read; they stay the
    /// caller's.</summary>
    /// <exception cref="InvalidOperationException">No keys were asked for: the caller's bug.</exception>
    public AuthenticationEffect OnKeysDerived(ScramKeys keys) => Phase switch
    {
        AuthenticationPhase.DerivingKeys => SendProof(keys),
        AuthenticationPhase.AwaitingRequest => throw NoKeysWanted(),
        AuthenticationPhase.PasswordSent => throw NoKeysWanted(),
        AuthenticationPhase.AwaitingSaslContinue => throw NoKeysWanted(),
        AuthenticationPhase.AwaitingSaslFinal => throw NoKeysWanted(),
        AuthenticationPhase.SaslVerified => throw NoKeysWanted(),
        AuthenticationPhase.Succeeded => throw NoKeysWanted(),
        // The server broke the protocol while the keys were on their way.
        AuthenticationPhase.Failed => AuthenticationEffect.None,
    };

    /// <summary>AuthenticationSASLFinal.</summary>
    /// <param name="data">What follows the code.</param>
    public AuthenticationEffect OnSaslFinal(ReadOnlySpan<byte> data) => Phase switch
    {
        AuthenticationPhase.AwaitingSaslFinal => FinishSasl(data),
        AuthenticationPhase.AwaitingRequest => Unexpected("AuthenticationSASLFinal"),
        AuthenticationPhase.PasswordSent => Unexpected("AuthenticationSASLFinal"),
        AuthenticationPhase.AwaitingSaslContinue => Unexpected("AuthenticationSASLFinal"),
        AuthenticationPhase.DerivingKeys => Unexpected("AuthenticationSASLFinal"),
        AuthenticationPhase.SaslVerified => Unexpected("AuthenticationSASLFinal"),
        AuthenticationPhase.Succeeded => Unexpected("AuthenticationSASLFinal"),
        AuthenticationPhase.Failed => AuthenticationEffect.None,
    };

    /// <summary>AuthenticationGSS.</summary>
    public AuthenticationEffect OnGss() => IsFirstRequest("AuthenticationGSS", out var unexpected)
        ? RefuseNegotiate(AuthenticationMethods.Gss, "GSSAPI")
        : unexpected;

    /// <summary>AuthenticationGSSContinue. No exchange that it could belong to is ever begun.</summary>
    public AuthenticationEffect OnGssContinue() => Phase == AuthenticationPhase.Failed
        ? AuthenticationEffect.None
        : Unexpected("AuthenticationGSSContinue");

    /// <summary>AuthenticationSSPI.</summary>
    public AuthenticationEffect OnSspi() => IsFirstRequest("AuthenticationSSPI", out var unexpected)
        ? RefuseNegotiate(AuthenticationMethods.Sspi, "SSPI")
        : unexpected;

    /// <summary>Any other authentication request: those no server has sent for decades (Kerberos 4 and 5, crypt, SCM credentials), and
    /// unknown ones.</summary>
    /// <param name="code">The code in the message.</param>
    public AuthenticationEffect OnUnsupported(int code) => IsFirstRequest($"authentication request {code}", out var unexpected)
        ? Refuse(
            AuthenticationRefusal.MethodNotSupported,
            $"The server asks for authentication by a method that this client does not know (code {code}). "
                + "Use scram-sha-256 in the pg_hba.conf line of this role.")
        : unexpected;

    private bool IsFirstRequest(string name, out AuthenticationEffect unexpected)
    {
        var isFirst = Phase switch
        {
            AuthenticationPhase.AwaitingRequest => true,
            AuthenticationPhase.PasswordSent => false,
            AuthenticationPhase.AwaitingSaslContinue => false,
            AuthenticationPhase.DerivingKeys => false,
            AuthenticationPhase.AwaitingSaslFinal => false,
            AuthenticationPhase.SaslVerified => false,
            AuthenticationPhase.Succeeded => false,
            AuthenticationPhase.Failed => false,
        };
        unexpected = isFirst || Phase == AuthenticationPhase.Failed ? AuthenticationEffect.None : Unexpected(name);
        return isFirst;
    }

    private AuthenticationEffect AnswerCleartext()
    {
        var decision = _policy.DecideRequest(AuthenticationMethods.Cleartext, _channel);
        if (!decision.IsAllowed)
            return Refuse(decision);
        if (!_credentials.HasPassword)
            return RefuseWithoutPassword();

        Method = AuthenticationMethods.Cleartext;
        Phase = AuthenticationPhase.PasswordSent;
        return AuthenticationEffect.SendPassword(_credentials.ToCleartextResponse());
    }

    private AuthenticationEffect AnswerMd5(ReadOnlySpan<byte> salt)
    {
        if (salt.Length != Md5Password.SaltLength)
            return Violate($"AuthenticationMD5Password has a salt of {salt.Length} bytes instead of {Md5Password.SaltLength}.");
        var decision = _policy.DecideRequest(AuthenticationMethods.Md5, _channel);
        if (!decision.IsAllowed)
            return Refuse(decision);
        if (!_credentials.HasPassword)
            return RefuseWithoutPassword();

        Method = AuthenticationMethods.Md5;
        Phase = AuthenticationPhase.PasswordSent;
        return AuthenticationEffect.SendPassword(_credentials.ToMd5Response(salt));
    }

    private AuthenticationEffect BeginSasl(IReadOnlyList<string> mechanisms)
    {
        var decision = _policy.DecideRequest(MethodOf(mechanisms), _channel);
        if (!decision.IsAllowed)
            return Refuse(decision);

        var binding = _channel.IsTls ? _channel.ServerEndPointBinding ?? [] : [];
        var choice = MechanismChoice.Select(mechanisms, _channel.IsTls, binding.Length > 0, _policy.ChannelBinding);
        if (!choice.Decision.IsAllowed)
            return Refuse(choice.Decision);
        if (_credentials.ScramKeys is null && !_credentials.HasPassword)
            return RefuseWithoutPassword();
        if (_credentials.ScramKeys is null && _credentials.Preparation == SaslPrepOutcome.NormalizationUnavailable)
        {
            return Refuse(
                AuthenticationRefusal.NormalizationUnavailable,
                "The password has characters outside ASCII, and SCRAM needs them normalised, which .NET cannot do in "
                    + "globalization-invariant mode. Turn that mode off (and install ICU), "
                    + "or give scram_client_key and scram_server_key instead of the password.");
        }

        var bound = choice.Flag == ChannelBindingFlag.Bound ? binding : [];
        _scram = new ScramClient(choice.Flag, _clientNonce, bound, maxIterations: _maxIterations);
        Method = AuthenticationMethods.ScramSha256;
        Phase = AuthenticationPhase.AwaitingSaslContinue;
        return AuthenticationEffect.SendSaslInitialResponse(choice.Mechanism, _scram.ClientFirst());
    }

    private AuthenticationEffect ContinueSasl(ReadOnlySpan<byte> data)
    {
        var result = _scram!.OnServerFirst(data);
        if (!result.IsAccepted)
            return Fail(result);
        if (_credentials.ScramKeys is { } keys)
            return SendProof(keys);

        Phase = AuthenticationPhase.DerivingKeys;
        return AuthenticationEffect.DeriveKeys(_scram.Salt, _scram.Iterations);
    }

    private AuthenticationEffect SendProof(ScramKeys keys)
    {
        Phase = AuthenticationPhase.AwaitingSaslFinal;
        return AuthenticationEffect.SendSaslResponse(_scram!.ClientFinal(keys));
    }

    private AuthenticationEffect FinishSasl(ReadOnlySpan<byte> data)
    {
        var result = _scram!.OnServerFinal(data);
        if (!result.IsAccepted)
            return Fail(result);
        Phase = AuthenticationPhase.SaslVerified;
        return AuthenticationEffect.None;
    }

    private AuthenticationEffect Complete()
    {
        var decision = _policy.DecideCompletion(Method, IsChannelBound, _channel);
        if (!decision.IsAllowed)
            return Refuse(decision);
        Phase = AuthenticationPhase.Succeeded;
        return AuthenticationEffect.Succeeded;
    }

    private AuthenticationEffect Fail(ScramResult result) => result.Failure switch
    {
        ScramFailure.TooManyIterations => Refuse(AuthenticationRefusal.TooManyIterations, result.Message),
        ScramFailure.ServerError => Refuse(AuthenticationRefusal.ServerError, result.Message),
        ScramFailure.SignatureMismatch => Refuse(AuthenticationRefusal.ServerNotProven, result.Message + AdviseOnImpostor()),
        ScramFailure.None => AuthenticationEffect.None,
        ScramFailure.OutOfOrder => Violate(result.Message),
        ScramFailure.Malformed => Violate(result.Message),
        ScramFailure.MandatoryExtension => Violate(result.Message),
        ScramFailure.NonceInvalid => Violate(result.Message),
        ScramFailure.NonceNotExtended => Violate(result.Message),
        ScramFailure.SaltInvalid => Violate(result.Message),
        ScramFailure.IterationsInvalid => Violate(result.Message),
        ScramFailure.ProofMismatch => Violate(result.Message),
        ScramFailure.ChannelBindingMismatch => Violate(result.Message),
    };

    private AuthenticationEffect RefuseUnproven() => Refuse(
        AuthenticationRefusal.ServerNotProven,
        "The server let the client in without proving that it knows the password." + AdviseOnImpostor());

    private AuthenticationEffect RefuseWithoutPassword() => Refuse(
        AuthenticationRefusal.NoPassword,
        "The server asks for a password, and none was given. Set it in the connection options, PGPASSWORD or the password file.");

    private AuthenticationEffect RefuseNegotiate(AuthenticationMethods method, string name)
    {
        var decision = _policy.DecideRequest(method, _channel);
        return decision.IsAllowed
            ? Refuse(
                AuthenticationRefusal.MethodNotSupported,
                $"The server asks for {name} authentication, which this client does not support. "
                    + "Use scram-sha-256 in the pg_hba.conf line of this role.")
            : Refuse(decision);
    }

    // An OAuth-only offer is the one case in which SASL is not SCRAM; what is not known at all is refused by the choice of mechanism.
    private static AuthenticationMethods MethodOf(IReadOnlyList<string> mechanisms)
        => mechanisms.Contains(SaslMechanismNames.OAuthBearer, StringComparer.Ordinal)
            && !mechanisms.Contains(SaslMechanismNames.ScramSha256, StringComparer.Ordinal)
            && !mechanisms.Contains(SaslMechanismNames.ScramSha256Plus, StringComparer.Ordinal)
                ? AuthenticationMethods.OAuth
                : AuthenticationMethods.ScramSha256;

    private string AdviseOnImpostor() => _channel.ServerVerified
        ? " Its certificate was verified, so the server itself is misconfigured or compromised."
        : " Somebody may be answering in its place: use sslmode=verify-full to be sure whom you reach.";

    private AuthenticationEffect Refuse(AuthenticationDecision decision) => Refuse(decision.Refusal, decision.Message);

    private AuthenticationEffect Refuse(AuthenticationRefusal refusal, string message)
    {
        Phase = AuthenticationPhase.Failed;
        return AuthenticationEffect.Refused(refusal, message);
    }

    private AuthenticationEffect Unexpected(string name) => Violate($"{name} came while the client was in {Phase}.");

    private AuthenticationEffect Violate(string message)
    {
        Phase = AuthenticationPhase.Failed;
        return AuthenticationEffect.Violation(message);
    }

    private static InvalidOperationException NoKeysWanted() => new("The authentication machine has not asked for keys.");
}
